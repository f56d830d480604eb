-- One row per ärende at a möte more than half a year before the person's first entry or after the last.
--
-- A person is raised before entering and followed up after leaving; half a year away is a wrong möte or a wrong person.
-- Who is no delivered deltagare is not looked at: a person may be raised and never enter. Between two entries is inside.
with period as (
    select insats_id, deltagar_id, min(startdatum) as startdatum, max(coalesce(slutdatum, date '9999-12-31')) as slutdatum
    from marts.deltagande
    where utesluten is null
    group by insats_id, deltagar_id
)
select arende.kallrad, 'mote_id' as kolumn, arende.mote_id as varde,
    cast(mote.datum as varchar) || case when mote.datum < period.startdatum then ', före ' || cast(period.startdatum as varchar)
        else ', efter ' || cast(period.slutdatum as varchar) end as detalj
from staging.arende as arende
inner join staging.mote as mote using (insats_id, mote_id)
inner join period using (insats_id, deltagar_id)
where mote.datum < period.startdatum - interval 6 month
    or (period.slutdatum < date '9999-12-31' and mote.datum > period.slutdatum + interval 6 month)
