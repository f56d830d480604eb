-- One row per invoice row whose number and amount another file of its source, or of its insats, has under another key.
--
-- Offices that have nothing to do with each other number their invoices alike.
with rad as (
    select
        faktura.kallrad, faktura.faktura_id, faktura.belopp_ore, tabell.fil, unnest(['källa ' || tabell.leverans, 'insats ' || faktura.insats_id]) as krets,
        hash(faktura.insats_id, faktura.forbund_id, faktura.part_id, faktura.kostnadsslag, faktura.fran) as nyckel
    from staging.faktura as faktura
    semi join (
        select faktura_id, belopp_ore
        from staging.faktura
        where belopp_ore <> 0
        group by faktura_id, belopp_ore
        having count(distinct hash(insats_id, forbund_id, part_id, kostnadsslag, fran)) > 1
    ) as flera
        on flera.faktura_id = faktura.faktura_id
        and flera.belopp_ore = faktura.belopp_ore
    inner join inbox.rad as delad on delad.kallrad = faktura.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = delad.tabell_id
),

forst as (
    select krets, faktura_id, belopp_ore, arg_min(fil, kallrad) as fil, arg_min(nyckel, kallrad) as nyckel
    from rad
    group by krets, faktura_id, belopp_ore
)

select rad.kallrad, 'faktura_id' as kolumn, rad.faktura_id as varde, min(forst.fil) as detalj
from rad
inner join forst on forst.krets = rad.krets and forst.faktura_id = rad.faktura_id and forst.belopp_ore = rad.belopp_ore
where rad.fil <> forst.fil and rad.nyckel <> forst.nyckel
group by rad.kallrad, rad.faktura_id
