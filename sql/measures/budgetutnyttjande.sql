-- One row per invoice row with an amount, and one per budget line and year.
--
-- A calendar year's budget serves a shorter period in proportion.
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
    faktura.insats_id,
    faktura.forbund_id,
    faktura.part_id,
    'faktura' as register,
    'dagar' as tid,
    faktura.fran,
    faktura.till,
    post.post,
    faktura.belopp_ore as taljare,
    0 as namnare,
    [faktura.kallrad] as kallrader,
    'belopp' as kallkolumn
from marts.faktura as faktura
inner join marts.post as post on post.post_id = faktura.post_id
where faktura.belopp_ore is not null
union all by name
select
    budget.insats_id,
    budget.part_id,
    'budget' as register,
    'dagar' as tid,
    make_date(budget.ar, 1, 1) as fran,
    make_date(budget.ar, 12, 31) as till,
    post.post,
    budget.belopp_ore as namnare,
    [budget.kallrad] as kallrader,
    'belopp' as kallkolumn
from staging.budget as budget
inner join marts.stavning as stavning
    on stavning.insats_id = budget.insats_id
    and stavning.register = 'budget'
    and stavning.namn = budget.post
inner join marts.post as post on post.post_id = stavning.post_id
inner join marts.budget as helhet on helhet.post_id = stavning.post_id and helhet.ar = budget.ar
where coalesce(budget.status, 'ansokt') = helhet.status
