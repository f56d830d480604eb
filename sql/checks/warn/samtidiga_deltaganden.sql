-- One row per entry of a person that begins while an earlier entry of that person in the insats goes on.
--
-- A list of a new year that gives those who are still there a new startdatum makes them begin twice.
with lopande as (
    select insats_id, deltagar_id, startdatum, slutdatum, kallrad,
        lag(startdatum) over person as forra_start,
        lag(coalesce(slutdatum, date '9999-12-31')) over person as forra_slut
    from marts.deltagande
    where utesluten is null
    window person as (partition by insats_id, deltagar_id order by startdatum)
)
select kallrad, 'startdatum' as kolumn, deltagar_id as varde,
    forra_start || case when forra_slut = date '9999-12-31' then ' och framåt' else '–' || forra_slut end
        || ' och ' || startdatum || coalesce('–' || slutdatum, ' och framåt') as detalj
from lopande
where forra_slut > startdatum
