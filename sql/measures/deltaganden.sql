-- One row per deltagande, and one per delivered count and kön.
--
-- raknas_som: inskrivningar i insatsen som berör perioden, SUS enhet: den som deltar två gånger räknas två gånger
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: susam.se/finsam/deltagaransvarig/hur-fungerar-det
-- jamfor_inte_med: unika_deltagare, som räknar personer
-- slag: antal
-- enhet: antal
-- personer: true
-- bestand: true
select
    insats_id,
    'deltagare' as register,
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    kon,
    alder,
    kommun,
    cast(kallrad as varchar) as nyckel,
    case when utesluten is not null then 0 else 1 end as taljare,
    utesluten as skal,
    [kallrad] as kallrader,
    'startdatum' as kallkolumn
from marts.deltagande
union all by name
select
    insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    false as ar_summerbar,
    fran,
    till,
    kon,
    antal as taljare,
    [kallrad] as kallrader,
    kallkolumn
from marts.deltagarantal
where slag = 'deltagare'
