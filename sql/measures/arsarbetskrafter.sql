-- One row per staffing line and calendar year it covers.
--
-- A full-time post for a whole calendar year is 1. A period that can be read two ways is read to till.
--
-- raknas_som: år av heltidsarbete i bemanningen, fördelade på dagar
-- utesluter: bemanning utanför insatsen, efter sista dagen som underlaget gäller och efter i dag: den är en plan
-- kalla: egen definition
-- jamfor_inte_med: timmar på fakturor
-- slag: summa
-- enhet: årsarbetskrafter
-- filter: [part_id, roll]
with klippt as (
    select
        rad.insats_id,
        rad.part_id,
        rad.roll,
        rad.omfattning,
        greatest(rad.fran, coalesce(insats.startdatum, rad.fran)) as fran,
        least(rad.till, coalesce(insats.slutdatum, insats.data_till, rad.till), getvariable('idag')) as till,
        rad.kallrad
    from staging.bemanning as rad
    inner join marts.insats as insats on insats.insats_id = rad.insats_id
),
per_ar as (
    select
        klippt.*,
        greatest(klippt.fran, make_date(artal.ar, 1, 1)) as ar_fran,
        least(klippt.till, make_date(artal.ar, 12, 31)) as ar_till,
        make_date(artal.ar, 12, 31) - make_date(artal.ar, 1, 1) + 1 as arets_dagar
    from klippt,
        unnest(range(year(klippt.fran), year(klippt.till) + 1)) as artal(ar)
    where klippt.till >= klippt.fran
)
select
    insats_id,
    part_id,
    roll,
    'bemanning' as register,
    'dagar' as tid,
    ar_fran as fran,
    ar_till as till,
    cast(
        cast(
            avrunda_del(cast(omfattning * 10000000000 as hugeint) * (ar_till - ar_fran + 1) * 1000000, cast(10000000000 as hugeint) * arets_dagar)
            as decimal(28, 0)
        ) * 0.000001 as decimal(28, 6)
    ) as taljare,
    [kallrad] as kallrader,
    'omfattning' as kallkolumn
from per_ar
