-- One row per deltagande, and one per delivered count and kön.
--
-- Starts and ends are events: the counts of shorter periods add up.
--
-- raknas_som: deltaganden som börjar i perioden
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: susam.se/finsam/deltagaransvarig/hur-fungerar-det
-- jamfor_inte_med: antal personer: den som skrivs in två gånger räknas två gånger
-- slag: antal
select
    'handelse' as tid,
    startdatum as datum,
    cast(kallrad as varchar) as nyckel,
    case when utesluten is not null then 0 else 1 end as taljare,
    utesluten as skal,
    'startdatum' as kallkolumn
from marts.deltagande
union all by name
select
    true as ar_summerbar,
    antal as taljare
from marts.deltagarantal
where slag = 'nya'
