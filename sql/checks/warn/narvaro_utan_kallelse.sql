-- One row per part that was present at a möte it was not called to.
select kallrad, 'narvarande' as kolumn, part_id as varde, mote_id as detalj
from staging.narvaro
where narvarande and not kallad
