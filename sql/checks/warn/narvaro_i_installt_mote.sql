-- One row per part that was present at a möte that was cancelled.
select narvaro.kallrad, 'narvarande' as kolumn, narvaro.part_id as varde, narvaro.mote_id as detalj
from staging.narvaro as narvaro
inner join staging.mote as mote using (insats_id, mote_id)
where narvaro.narvarande and mote.status = 'installt'
