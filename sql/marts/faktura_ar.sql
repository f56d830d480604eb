-- One row per invoice row and calendar year it covers: the amount and the hours shared out by days.
--
-- Largest remainder, ties to the earlier year: the years of one invoice sum to it exactly, also for a credit note. Hours
-- are shared in millionths for the same reason.
with per_ar as (
    select
        faktura.*,
        artal.ar,
        greatest(faktura.fran, make_date(artal.ar, 1, 1)) as ar_fran,
        least(faktura.till, make_date(artal.ar, 12, 31)) as ar_till,
        faktura.till - faktura.fran + 1 as alla_dagar
    from marts.faktura as faktura,
        unnest(range(year(faktura.fran), year(faktura.till) + 1)) as artal(ar)
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
    cast(storsta_rest(belopp_ore, ar_till - ar_fran + 1, alla_dagar, kallrad, ar) as bigint) as belopp_ore,
    cast(
        cast(storsta_rest(cast(timmar * 1000000 as hugeint), ar_till - ar_fran + 1, alla_dagar, kallrad, ar) as decimal(28, 0)) * 0.000001
        as decimal(28, 6)
    ) as timmar
from per_ar
