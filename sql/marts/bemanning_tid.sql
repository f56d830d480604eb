-- One row per staffing line that has a budget line, calendar year, and reading of its period: its months, in 377 580ths.
--
-- The month in which the same part has a line that starts on the last day is shared between the two lines by days.
with lasningar as (
    select rad_id, kallrad, insats_id, part_id, post_id, fran, till as slut, false as ar_alternativ from marts.bemanning
    union all
    select rad_id, kallrad, insats_id, part_id, post_id, fran, till_alt, true from marts.bemanning where till_alt >= fran
),
manader as (
    select
        lasningar.*,
        cast(_.manad as date) as manad,
        exists (
            select 1 from staging.bemanning as nasta
            where nasta.insats_id = lasningar.insats_id
                and nasta.part_id = lasningar.part_id
                and nasta.fran = last_day(cast(_.manad as date))
        ) as ar_avlost
    from lasningar,
        unnest(generate_series(cast(date_trunc('month', fran) as timestamp), cast(slut as timestamp), interval 1 month)) as _(manad)
)
select
    rad_id,
    insats_id,
    part_id,
    post_id,
    year(manad) as ar,
    ar_alternativ,
    any_value(slut) as slut,
    cast(sum(manadsdelar(fran, slut, manad, ar_avlost)) as bigint) as delar,
    kallrad
from manader
group by rad_id, insats_id, part_id, post_id, year(manad), ar_alternativ, kallrad
