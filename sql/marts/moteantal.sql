-- One row per delivered count of möten of one status, clipped to the insats; none that lies ahead.
-- key: rad_id
select
    antal.rowid as rad_id,
    antal.insats_id,
    antal.motestyp,
    antal.status,
    greatest(antal.fran, coalesce(insats.startdatum, antal.fran)) as fran,
    least(antal.till, coalesce(insats.slutdatum, antal.till)) as till,
    antal.antal,
    antal.kallrad
from staging.moteantal as antal
inner join staging.insats as insats on insats.insats_id = antal.insats_id
where antal.till >= coalesce(insats.startdatum, antal.till)
    and antal.fran <= least(coalesce(insats.slutdatum, antal.fran), getvariable('idag'))
