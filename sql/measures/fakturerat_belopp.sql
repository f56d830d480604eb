-- One row per invoice row with an amount.
--
-- Money is not clipped to the insats: what was invoiced is its cost.
--
-- raknas_som: fakturerade kronor, fördelade på fakturans dagar; en kreditfaktura drar av
-- utesluter: fakturarader utan belopp
-- kalla: egen definition
-- jamfor_inte_med: beviljade medel, och budget
-- slag: summa
-- enhet: kr
-- filter: [forbund_id, part_id, kostnadsslag]
select
    kostnadsslag,
    belopp_ore as taljare,
    'belopp' as kallkolumn
from marts.faktura
where belopp_ore is not null
