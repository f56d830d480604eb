-- One row per invoice row with an amount, and one per budget line and year.
--
-- Numerator: invoiced öre. Denominator: the budget, beviljad where the line is, else ansökt. Both by days:
-- a calendar year's budget serves a shorter period in proportion.
--
-- raknas_som: fakturerade kronor av budgeten, båda fördelade på dagar
-- taljare: fakturerade kronor
-- namnare: beviljad budget, eller ansökt där ingen är beviljad
-- utesluter: fakturarader utan belopp
-- kalla: susam.se/finsam/insatsansvarig/registrera-insatsbudget
-- jamfor_inte_med: kostnadsandel, som delar kostnaden mellan förbund och inte ställer den mot en budget
-- slag: kvot
-- enhet: andel
-- filter: [post]
select
    insats_id,
    forbund_id,
    part_id,
    'faktura' as register,
    'dagar' as tid,
    fran,
    till,
    post,
    belopp_ore as taljare,
    0 as namnare,
    [kallrad] as kallrader,
    'belopp' as kallkolumn
from marts.faktura
where belopp_ore is not null
union all by name
select
    insats_id,
    part_id,
    'budget' as register,
    'dagar' as tid,
    make_date(ar, 1, 1) as fran,
    make_date(ar, 12, 31) as till,
    post,
    belopp_ore as namnare,
    [kallrad] as kallrader,
    'belopp' as kallkolumn
from staging.budget
qualify coalesce(status, 'ansokt') = 'beviljad' or not bool_or(coalesce(status, 'ansokt') = 'beviljad') over (partition by insats_id, ar, post)
