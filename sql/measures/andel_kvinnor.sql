-- One row per deltagande, and one per delivered count that states both women and men.
--
-- raknas_som: deltaganden av kvinnor
-- taljare: deltaganden av kvinnor
-- namnare: deltaganden av kvinnor och män
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så; okänt kön (visas som
--   täckningsgrad)
-- kalla: egen definition: ingen källa anger ett tal för jämn könsfördelning, så målet måste göra det
-- jamfor_inte_med: andelen av alla deltaganden, där okänt kön ingår i nämnaren
-- slag: andel
-- odelad: true
select
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    case when kon = 'kvinna' and utesluten is null then 1 else 0 end as taljare,
    case when kon in ('kvinna', 'man') and utesluten is null then 1 else 0 end as namnare,
    case when kon = 'okant' and utesluten is null then 1 else 0 end as okand,
    case when utesluten is not null then utesluten when kon = 'okant' then 'kön okänt' end as skal,
    'kon' as kallkolumn
from marts.deltagande
union all by name
select
    insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    false as ar_summerbar,
    fran,
    till,
    sum(antal) filter (kon = 'kvinna') as taljare,
    sum(antal) filter (kon in ('kvinna', 'man')) as namnare,
    coalesce(sum(antal) filter (kon = 'okant' or kon is null), 0) as okand,
    [kallrad] as kallrader,
    'kvinnor' as kallkolumn
from marts.deltagarantal
where slag = 'deltagare'
group by insats_id, fran, till, kallrad
having count(*) filter (kon = 'kvinna') = 1 and count(*) filter (kon = 'man') = 1
