-- One row per staffing line that has a budget line, calendar year, and reading of its period: its months, in 377 580ths,
-- and what they cost where that can be computed.
--
-- The month in which the same part has a line that starts on the last day is shared between the two lines by days. The
-- line's cost for the year is rounded once, half up to öre: months add up in whole numbers before that.
-- key: rad_id, ar, ar_alternativ
-- null: kostnad_ore
with lasningar as (
    select *, till as slut, false as ar_alternativ from marts.bemanning
    union all
    select *, till_alt, true from marts.bemanning where till_alt >= fran
),
manader as (
    select
        lasningar.*,
        _.manad,
        exists (
            select 1 from staging.bemanning as nasta
            where nasta.insats_id = lasningar.insats_id
                and nasta.part_id = lasningar.part_id
                and nasta.fran = last_day(_.manad)
        ) as ar_avlost
    from lasningar,
        unnest(manader_i(fran, slut)) as _(manad)
)
select
    rad_id,
    insats_id,
    part_id,
    post_id,
    year(manad) as ar,
    ar_alternativ,
    slut,
    cast(sum(manadsdelar(fran, slut, manad, ar_avlost)) as bigint) as delar,
    cast(avrunda_del(kostnad * delar, 377580 * cast(10000000000000000 as hugeint)) as bigint) as kostnad_ore,
    kallrad
from manader
group by rad_id, insats_id, part_id, post_id, year(manad), ar_alternativ, slut, kostnad, kallrad
