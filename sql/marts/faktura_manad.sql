-- One row per invoice row and month it covers, its amount shared out by days.
--
-- It is the calendar year's amount that is shared over the year's months, largest remainder, ties to the earlier month:
-- the months of a year sum to the year that kostnadsandel_ar shows, and all of them to the invoice. What lies within one
-- month has nothing to share.
with belopp as (
    select *, date_trunc('month', fran) = date_trunc('month', till) as ar_en_manad from marts.faktura_ar where belopp_ore is not null
),
per_manad as (
    select
        belopp.*,
        cast(_.manad as date) as manad,
        greatest(belopp.fran, cast(_.manad as date)) as manad_fran,
        least(belopp.till, last_day(cast(_.manad as date))) as manad_till,
        belopp.till - belopp.fran + 1 as alla_dagar
    from belopp,
        unnest(generate_series(
            cast(date_trunc('month', belopp.fran) as timestamp), cast(belopp.till as timestamp), interval 1 month
        )) as _(manad)
    where not belopp.ar_en_manad
),
rader as (
    select rad_id, insats_id, forbund_id, part_id, cast(date_trunc('month', fran) as date) as manad, fran, till, belopp_ore, kallrad
    from belopp
    where ar_en_manad
    union all
    select
        rad_id, insats_id, forbund_id, part_id, manad, manad_fran, manad_till,
        cast(storsta_rest(belopp_ore, manad_till - manad_fran + 1, alla_dagar, row(rad_id, ar), manad) as bigint), kallrad
    from per_manad
)
select
    rad_id,
    insats_id,
    forbund_id,
    part_id,
    manad,
    fran,
    till,
    belopp_ore,
    kallrad
from rader
