-- One row per invoice row and month it covers, its amount shared out by days.
--
-- It is the calendar year's amount that is shared over the year's months, largest remainder, ties to the earlier month:
-- the months of a year sum to the year that kostnadsandel_ar shows, and all of them to the invoice. What lies within one
-- month has nothing to share.
-- key: rad_id, manad
-- null: forbund_id, part_id
-- stored: large
with per_manad as (
    select
        rad_id, insats_id, forbund_id, part_id, _.manad,
        greatest(faktura.fran, _.manad) as fran,
        least(faktura.till, last_day(_.manad)) as till,
        belopp_ore, kallrad, ar,
        faktura.till - faktura.fran + 1 as alla_dagar
    from marts.faktura_ar as faktura,
        unnest(manader_i(faktura.fran, faktura.till)) as _(manad)
    where belopp_ore is not null and last_day(faktura.fran) <> last_day(faktura.till)
)
select rad_id, insats_id, forbund_id, part_id, cast(date_trunc('month', fran) as date) as manad, fran, till, belopp_ore, kallrad
from marts.faktura_ar
where belopp_ore is not null and last_day(fran) = last_day(till)
union all
select
    rad_id, insats_id, forbund_id, part_id, manad, fran, till,
    cast(storsta_rest(belopp_ore, till - fran + 1, alla_dagar, row(rad_id, ar), manad) as bigint) as belopp_ore,
    kallrad
from per_manad
