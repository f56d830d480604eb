-- One row per invoice row and calendar year it covers: the amount and the hours shared out by days.
--
-- Largest remainder, floor towards minus infinity, ties to the earlier year: the years of one invoice sum to it exactly,
-- also for a credit note. Hours are shared in millionths for the same reason.
with per_ar as (
    select
        faktura.*,
        artal.ar,
        greatest(faktura.fran, make_date(artal.ar, 1, 1)) as ar_fran,
        least(faktura.till, make_date(artal.ar, 12, 31)) as ar_till,
        cast(faktura.till - faktura.fran + 1 as hugeint) as alla_dagar
    from marts.faktura as faktura,
        unnest(range(year(faktura.fran), year(faktura.till) + 1)) as artal(ar)
),
delar as (
    select
        *,
        cast(belopp_ore as hugeint) * (ar_till - ar_fran + 1) as ore_dagar,
        cast(timmar * 1000000 as hugeint) * (ar_till - ar_fran + 1) as mikro_dagar
    from per_ar
),
golv as (
    select *, golvdel(ore_dagar, alla_dagar) as ore_golv, golvdel(mikro_dagar, alla_dagar) as mikro_golv
    from delar
),
rang as (
    select
        *,
        row_number() over (partition by kallrad order by ore_dagar - ore_golv * alla_dagar desc, ar) as ore_rang,
        row_number() over (partition by kallrad order by mikro_dagar - mikro_golv * alla_dagar desc, ar) as mikro_rang,
        belopp_ore - sum(ore_golv) over (partition by kallrad) as ore_rest,
        cast(timmar * 1000000 as hugeint) - sum(mikro_golv) over (partition by kallrad) as mikro_rest
    from golv
)
select
    kallrad,
    insats_id,
    forbund_id,
    part_id,
    huvudman,
    post,
    ar,
    ar_fran as fran,
    ar_till as till,
    cast(ore_golv + case when ore_rang <= ore_rest then 1 else 0 end as bigint) as belopp_ore,
    cast(cast(mikro_golv + case when mikro_rang <= mikro_rest then 1 else 0 end as decimal(28, 0)) * 0.000001 as decimal(28, 6)) as timmar
from rang
