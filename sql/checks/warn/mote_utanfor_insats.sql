-- One row per möte whose date is outside the insats's period.
select mote.kallrad, 'datum' as kolumn, cast(mote.datum as varchar) as varde,
    coalesce(cast(insats.startdatum as varchar), '') || '–' || coalesce(cast(insats.slutdatum as varchar), '') as detalj
from staging.mote as mote
inner join staging.insats as insats on insats.insats_id = mote.insats_id
where mote.datum < insats.startdatum or mote.datum > insats.slutdatum
