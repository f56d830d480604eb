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
select arende.kallrader[1] as kallrad, 'mote_id' as kolumn, arende.mote_id as varde,
    cast(arende.datum as varchar) || case when arende.datum < period.startdatum then ', före ' || cast(period.startdatum as varchar)
        else ', efter ' || cast(period.slutdatum as varchar) end as detalj
from marts.arende as arende
inner join period using (insats_id, deltagar_id)
where arende.datum < period.startdatum - interval 6 month
    or (period.slutdatum < date '9999-12-31' and arende.datum > period.slutdatum + interval 6 month)
