-- One row per finding of this run, and per finding that was there before the latest delivery and is gone.
--
-- What is compared with is the findings before the deliveries last changed, so that a second run on the same files says
-- the same. finansiarer are the förbund of the insatser that the delivery speaks of. A finding is the same where file, sheet, column, value and kind are: a row that has only moved is not new.
-- Equal ones are told apart by their number, so that three of four missing dates can be filled in.
with nu as (
    select
        leverans, nr, fil, blad, cell, kolumn, nullif(varde, '') as varde, kod, allvar, meddelande,
        row_number() over (partition by leverans, fil, blad, kod, kolumn, datakvalitet.varde order by nr) as upprepning
    from results.datakvalitet
),
kanda as (
    select
        nu.leverans, nu.nr, nu.fil, nu.blad, nu.cell, nu.kolumn, nu.varde, nu.kod, nu.allvar, nu.meddelande,
        case when coalesce(tidigare.ar_fore, false) then 'kvar' else 'ny' end as lage,
        coalesce(tidigare.sedan, getvariable('idag')) as sedan
    from nu
    left join checks.tidigare as tidigare
        on tidigare.leverans = nu.leverans
        and tidigare.fil = nu.fil
        and tidigare.blad = coalesce(nu.blad, '')
        and tidigare.kod = nu.kod
        and tidigare.kolumn = coalesce(nu.kolumn, '')
        and tidigare.varde = coalesce(nu.varde, '')
        and tidigare.upprepning = nu.upprepning
),
borta as (
    select
        tidigare.leverans, null as nr, tidigare.fil, nullif(tidigare.blad, '') as blad, tidigare.cell, nullif(tidigare.kolumn, '') as kolumn,
        nullif(tidigare.varde, '') as varde, tidigare.kod, tidigare.allvar, tidigare.meddelande, 'atgardad' as lage, tidigare.sedan
    from checks.tidigare as tidigare
    left join nu
        on nu.leverans = tidigare.leverans
        and nu.fil = tidigare.fil
        and coalesce(nu.blad, '') = tidigare.blad
        and nu.kod = tidigare.kod
        and coalesce(nu.kolumn, '') = tidigare.kolumn
        and coalesce(nu.varde, '') = tidigare.varde
        and nu.upprepning = tidigare.upprepning
    where tidigare.ar_fore and nu.nr is null
),
betalar as (
    select tabell.leverans, string_agg(distinct forbund.forbund_id, ',' order by forbund.forbund_id) as finansiarer
    from staging.insats as insats
    inner join inbox.rad as rad on rad.kallrad = insats.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    inner join marts.insats as kand on kand.insats_id = insats.insats_id,
        unnest(string_split(kand.finansiarer, ',')) as forbund(forbund_id)
    group by tabell.leverans
),
alla as (
    select leverans, nr, fil, blad, cell, kolumn, varde, kod, allvar, meddelande, lage, sedan from kanda
    union all
    select leverans, nr, fil, blad, cell, kolumn, varde, kod, allvar, meddelande, lage, sedan from borta
)
select
    alla.leverans,
    row_number() over (
        partition by alla.leverans order by alla.nr nulls last, alla.fil, alla.blad, alla.kod, alla.kolumn, alla.cell, alla.varde
    ) as nr,
    betalar.finansiarer,
    alla.lage,
    alla.sedan,
    alla.fil,
    alla.blad,
    alla.cell,
    alla.kolumn,
    alla.varde,
    alla.kod,
    alla.allvar,
    alla.meddelande
from alla
left join betalar on betalar.leverans = alla.leverans
