-- One row per invoice row whose whole period is more than a year from the insats's.
--
-- Money is not clipped to the insats, since bills come before and after it; a year away is a wrong year or a wrong insats.
select faktura.kallrad, 'fran' as kolumn, cast(faktura.fran as varchar) || '–' || cast(faktura.till as varchar) as varde,
    coalesce(cast(insats.startdatum as varchar), '') || '–' || coalesce(cast(insats.slutdatum as varchar), '') as detalj
from staging.faktura as faktura
inner join staging.insats as insats on insats.insats_id = faktura.insats_id
where faktura.till < insats.startdatum - interval 1 year or faktura.fran > insats.slutdatum + interval 1 year
