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
    insats_id,
    forbund_id,
    part_id,
    'faktura' as register,
    'dagar' as tid,
    fran,
    till,
    kostnadsslag,
    belopp_ore as taljare,
    [kallrad] as kallrader,
    'belopp' as kallkolumn
from marts.faktura
where belopp_ore is not null
