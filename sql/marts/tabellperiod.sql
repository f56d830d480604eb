-- One row per insats and period that tables of its participants are made for: the whole, each calendar year and each month, clipped
-- to the insats.
--
-- A year that lasts is whole where the insats has no end; no period begins after today. hel_fran begins the year or
-- month before it was clipped: what insatser have in common.
-- key: insats_id, slag, fran
with insats as (
    select
        insats_id,
        slutdatum,
        deltagare_fran as fran,
        greatest(coalesce(slutdatum, data_till, getvariable('idag')), deltagare_fran) as till
    from marts.insats
    where deltagare_fran <= getvariable('idag')
),
perioder as (
    select insats_id, slutdatum, fran, 'hela' as slag, fran as hel_fran, till as hel_till from insats
    union all
    select insats_id, slutdatum, fran, 'ar', make_date(cast(ar as integer), 1, 1), make_date(cast(ar as integer), 12, 31)
    from insats, unnest(range(year(fran), year(least(till, getvariable('idag'))) + 1)) as _(ar)
    union all
    select insats_id, slutdatum, fran, 'manad', manad, last_day(manad)
    from insats, unnest(manader_i(fran, least(till, getvariable('idag')))) as _(manad)
)
select
    insats_id,
    slag,
    greatest(hel_fran, fran) as fran,
    least(hel_till, coalesce(slutdatum, hel_till)) as till,
    hel_fran
from perioder
