-- One row per invoice row with an amount, and one per deltagande or delivered count of deltagare.
--
-- raknas_som: fakturerade kronor per person
-- taljare: fakturerade kronor, fördelade på dagar
-- namnare: olika personer i perioden
-- utesluter: fakturarader utan belopp; felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: egen definition: ingen officiell formel finns
-- jamfor_inte_med: kostnad per deltagande och kostnad per avslutad
-- slag: kvot
-- enhet: kr/deltagare
-- odelad: true
select
    belopp_ore as taljare,
    0 as namnare,
    'belopp' as kallkolumn
from marts.faktura
where belopp_ore is not null
union all by name
select
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    deltagar_id as namnarnyckel,
    case when utesluten is not null then 0 else 1 end as namnare,
    utesluten as skal,
    'deltagar_id' as kallkolumn
from marts.deltagande
union all by name
select
    false as ar_summerbar,
    antal as namnare
from marts.deltagarantal
where slag = 'deltagare'
