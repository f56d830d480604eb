-- One row per deltagande or delivered count of deltagare, and one per stated target group.
--
-- Reaching 150 of "150–200" reaches the target group. A target group without a period holds for all periods.
--
-- raknas_som: personer i insatsen av den målgrupp som anges
-- taljare: olika personer i perioden
-- namnare: målgruppen som den anges; av ett intervall det lägre talet
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: egen definition; målgruppen är insatsens egen uppgift
-- jamfor_inte_med: andel av befolkningen
-- slag: kvot
-- enhet: andel
-- odelad: true
select
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    deltagar_id as nyckel,
    case when utesluten is not null then 0 else 1 end as taljare,
    0 as namnare,
    utesluten as skal,
    'deltagar_id' as kallkolumn
from marts.deltagande
union all by name
select
    false as ar_summerbar,
    antal as taljare,
    0 as namnare
from marts.deltagarantal
where slag = 'deltagare'
union all by name
select
    insats_id,
    'malgrupp' as register,
    'overlapp' as tid,
    fran,
    till,
    antal_lag as namnare,
    [kallrad] as kallrader,
    'antal_lag' as kallkolumn
from staging.malgrupp
