-- One row per staffing line that has a budget line and a computable cost, calendar year, and reading of its period.
--
-- The line's cost for the year is rounded once, half up to öre: months add up in whole numbers before that.
select
    tid.rad_id,
    tid.insats_id,
    tid.part_id,
    tid.post_id,
    tid.ar,
    tid.ar_alternativ,
    tid.slut,
    cast(avrunda_del(rad.kostnad * tid.delar, 377580 * cast(10000000000000000 as hugeint)) as bigint) as kostnad_ore,
    tid.kallrad
from marts.bemanning_tid as tid
inner join marts.bemanning as rad on rad.rad_id = tid.rad_id
where rad.kostnad is not null
