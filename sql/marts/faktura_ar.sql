-- One row per invoice row and calendar year it covers: the amount and the hours shared out by days.
--
-- Largest remainder, ties to the earlier year: the years of one invoice sum to it exactly, also for a credit note. Hours
-- are shared in millionths for the same reason. Most invoices are of one year and have nothing to share.
-- key: rad_id, ar
-- null: forbund_id, part_id, huvudman, belopp_ore, timmar
-- stored: large
with per_ar as (
    select
        rad_id, insats_id, forbund_id, part_id, huvudman, post_id, artal.ar,
        greatest(faktura.fran, make_date(artal.ar, 1, 1)) as fran,
        least(faktura.till, make_date(artal.ar, 12, 31)) as till,
        belopp_ore, timmar, kallrad,
        faktura.till - faktura.fran + 1 as alla_dagar
    from marts.faktura as faktura,
        unnest(range(year(faktura.fran), year(faktura.till) + 1)) as artal(ar)
    where year(faktura.fran) <> year(faktura.till)
)
select rad_id, insats_id, forbund_id, part_id, huvudman, post_id, year(fran) as ar, fran, till, belopp_ore, timmar, kallrad
from marts.faktura
where year(fran) = year(till)
union all
select
    rad_id, insats_id, forbund_id, part_id, huvudman, post_id, ar, fran, till,
    cast(storsta_rest(belopp_ore, till - fran + 1, alla_dagar, rad_id, ar) as bigint) as belopp_ore,
    cast(
        cast(storsta_rest(cast(timmar * 1000000 as hugeint), till - fran + 1, alla_dagar, rad_id, ar) as decimal(28, 0)) * 0.000001
        as decimal(28, 6)
    ) as timmar,
    kallrad
from per_ar
