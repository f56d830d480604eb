-- One row per deltagande, and one per delivered count and kön.
--
-- raknas_som: inskrivningar i insatsen som berör perioden, SUS enhet: den som deltar två gånger räknas två gånger
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: susam.se/finsam/deltagaransvarig/hur-fungerar-det
-- jamfor_inte_med: unika_deltagare, som räknar personer
-- slag: antal
-- bestand: true
select
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    cast(kallrad as varchar) as nyckel,
    case when utesluten is not null then 0 else 1 end as taljare,
    utesluten as skal,
    'startdatum' as kallkolumn
from marts.deltagande
union all by name
select
    false as ar_summerbar,
    antal as taljare
from marts.deltagarantal
where slag = 'deltagare'
