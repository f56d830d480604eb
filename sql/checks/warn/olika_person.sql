-- One row per person of an insats who has two sexes or two years of birth, at the first row that differs from the first.
with skrivet as (
    select insats_id, deltagar_id, kallrad, 'kon' as kolumn, nullif(kon, 'okant') as varde from staging.deltagare
    union all select insats_id, deltagar_id, kallrad, 'kon', nullif(kon, 'okant') from staging.arende
    union all select insats_id, deltagar_id, kallrad, 'fodelsear', cast(fodelsear as varchar) from staging.deltagare
),
person as (
    select insats_id, deltagar_id, kolumn, arg_min(varde, kallrad) as forsta
    from skrivet
    where varde is not null
    group by insats_id, deltagar_id, kolumn
    having count(distinct varde) > 1
)
select min(skrivet.kallrad) as kallrad, skrivet.kolumn, skrivet.deltagar_id as varde,
    person.forsta || ' och ' || arg_min(skrivet.varde, skrivet.kallrad) as detalj
from person
inner join skrivet
    on skrivet.insats_id = person.insats_id
    and skrivet.deltagar_id = person.deltagar_id
    and skrivet.kolumn = person.kolumn
    and skrivet.varde <> person.forsta
group by skrivet.insats_id, skrivet.deltagar_id, skrivet.kolumn, person.forsta
