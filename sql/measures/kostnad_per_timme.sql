-- One row per invoice row.
--
-- A report often gives one sum of hours and an amount per förbund.
--
-- raknas_som: fakturerade kronor per fakturerad timme
-- taljare: fakturerade kronor, fördelade på dagar
-- namnare: fakturerade timmar, fördelade på dagar
-- utesluter: ingenting: timmar och belopp får stå på olika rader
-- kalla: egen definition
-- jamfor_inte_med: timkostnad enligt bemanningsplan
-- slag: kvot
-- enhet: kr/timme
-- filter: [kostnadsslag]
select
    kostnadsslag,
    belopp_ore as taljare,
    timmar as namnare,
    case when belopp_ore is null then 'timmar' else 'belopp' end as kallkolumn
from marts.faktura
