-- One row per möte after today that is said to have been held. One that says nothing is a date in the calendar.
select mote.kallrad, 'status' as kolumn, mote.mote_id as varde, cast(mote.datum as varchar) as detalj
from staging.mote as mote
inner join inbox.gallande as rad on rad.kallrad = mote.kallrad
inner join checks.kolumn as kolumn on kolumn.tabell_id = rad.tabell_id and kolumn.kolumn = 'status'
where mote.datum > getvariable('idag')
    and mote.status = 'genomfort'
    and not sv_saknas(rad.celler[kolumn.cell + 1])
