-- One row per finding of this run, and per finding that was there before the latest delivery and is gone.
--
-- What is compared with is the findings before the deliveries last changed, so that a second run on the same files says
-- the same. finansiarer are the förbund of the insatser that the delivery speaks of. A finding is the same if file, sheet,
-- column, value and kind are: a row that has only moved is not new. Equal ones differ by their number, so that three of four
-- missing dates can be filled in.
with nu as (
    select
        leverans, nr, fil, coalesce(blad, '') as blad, cell, coalesce(kolumn, '') as kolumn, coalesce(varde, '') as varde,
        kod, allvar, meddelande,
        row_number() over (
            partition by leverans, fil, datakvalitet.blad, kod, datakvalitet.kolumn, datakvalitet.varde order by nr
        ) as upprepning
    from results.datakvalitet
),
alla as (
    select
        leverans, nu.nr, fil, nullif(blad, '') as blad, if(nu.nr is null, tidigare.cell, nu.cell) as cell,
        nullif(kolumn, '') as kolumn, nullif(varde, '') as varde, kod, coalesce(nu.allvar, tidigare.allvar) as allvar,
        coalesce(nu.meddelande, tidigare.meddelande) as meddelande,
        case when nu.nr is null then 'atgardad' when tidigare.ar_fore then 'kvar' else 'ny' end as lage,
        coalesce(tidigare.sedan, getvariable('idag')) as sedan
    from nu
    full join checks.tidigare as tidigare using (leverans, fil, blad, kod, kolumn, varde, upprepning)
    where nu.nr is not null or tidigare.ar_fore
),
betalar as (
    select tabell.leverans, string_agg(distinct forbund.forbund_id, ',' order by forbund.forbund_id) as finansiarer
    from staging.insats as insats
    inner join inbox.rad as rad on rad.kallrad = insats.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    inner join marts.insats as kand on kand.insats_id = insats.insats_id,
        unnest(string_split(kand.finansiarer, ',')) as forbund(forbund_id)
    group by tabell.leverans
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
