-- One row per part and delivered count of calls and attendances, clipped to the insats; none that lies ahead.
-- key: rad_id
-- stored: view
select
    antal.rowid as rad_id,
    antal.insats_id,
    antal.part_id,
    greatest(antal.fran, coalesce(insats.startdatum, antal.fran)) as fran,
    least(antal.till, coalesce(insats.slutdatum, antal.till)) as till,
    antal.kallade,
    antal.narvarande,
    antal.kallrad
from staging.narvaroantal as antal
inner join staging.insats as insats on insats.insats_id = antal.insats_id
where antal.till >= coalesce(insats.startdatum, antal.till)
    and antal.fran <= least(coalesce(insats.slutdatum, antal.fran), getvariable('idag'))
