-- One row per deltagande, and one per delivered count and kön.
--
-- Needs an identity that a förbund may not hold; a delivered count of deltagare is taken as it stands.
--
-- raknas_som: olika personer med ett deltagande som berör perioden
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: egen definition: SUS räknar deltaganden (susam.se/finsam/deltagaransvarig/hur-fungerar-det), inte personer
-- jamfor_inte_med: deltaganden, som räknar inskrivningar; och summan av flera perioder eller grupper, där samma
--   person kan finnas i flera
-- slag: antal
-- bestand: true
select
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    deltagar_id as nyckel,
    case when utesluten is not null then 0 else 1 end as taljare,
    utesluten as skal,
    'deltagar_id' as kallkolumn
from marts.deltagande
union all by name
select
    false as ar_summerbar,
    antal as taljare
from marts.deltagarantal
where slag = 'deltagare'
