-- One row per insats and source of which the latest list of deltagare repeats earlier ones but leaves out some who have no slutdatum.
--
-- Lists of who is there lose those who end; lists of who is new repeat nobody, and are not asked about.
with upprepad as (
    select distinct rad.tabell_id, undanlagd.till as kallrad
    from checks.undanlagd as undanlagd
    inner join inbox.rad as rad on rad.kallrad = undanlagd.kallrad
),
lista as (
    select deltagare.insats_id, deltagare.kallrad, deltagare.slutdatum, rad.tabell_id
    from staging.deltagare as deltagare inner join inbox.rad as rad on rad.kallrad = deltagare.kallrad
    union
    select deltagare.insats_id, deltagare.kallrad, deltagare.slutdatum, upprepad.tabell_id
    from staging.deltagare as deltagare inner join upprepad on upprepad.kallrad = deltagare.kallrad
),
ordnad as (
    select
        lista.*, tabell.leverans, tabell.fil || coalesce(', ' || nullif(tabell.blad, ''), '') as namn,
        (tabell.mottagen, coalesce(tabell.period, date '0001-01-01')) as ordning
    from lista inner join inbox.tabell as tabell on tabell.tabell_id = lista.tabell_id
    where exists (from upprepad)
),
sista as (
    select insats_id, leverans, max(ordning) as ordning, arg_max(namn, ordning) as namn from ordnad group by insats_id, leverans
),
person as (
    select insats_id, leverans, kallrad, any_value(slutdatum) as slutdatum, min(ordning) as forst, max(ordning) as senast
    from ordnad group by insats_id, leverans, kallrad
)
select
    min(person.kallrad) filter (ar_borta) as kallrad, 'slutdatum' as kolumn, cast(count(*) filter (ar_borta) as varchar) as varde,
    any_value(sista.namn) as detalj
from (select *, slutdatum is null and senast < max(senast) over (partition by insats_id, leverans) as ar_borta from person) as person
inner join sista on sista.insats_id = person.insats_id and sista.leverans = person.leverans
group by person.insats_id, person.leverans
having bool_or(ar_borta) and bool_or(person.senast = sista.ordning and person.forst < sista.ordning)
