-- One row per ärende at a möte that was cancelled, or that is past and still only planned.
--
-- An ärende on the list of a möte to come is as it should be.
select arende.kallrad, 'mote_id' as kolumn, arende.mote_id as varde,
    case mote.status when 'installt' then 'ställdes in' else 'fortfarande står som planerat' end as detalj
from staging.arende as arende
inner join staging.mote as mote using (insats_id, mote_id)
where mote.status = 'installt' or (mote.status = 'planerat' and mote.datum < getvariable('idag'))
