-- One row per invoice row, with the part's huvudman and the budget line it belongs to.
--
-- The budget line is what the pipeline maps kostnadsslag to, else the line whose name folds alike.
-- Money is not clipped to the insats's period: what is invoiced is its cost.
select
    faktura.insats_id,
    faktura.forbund_id,
    faktura.part_id,
    part.huvudman,
    coalesce(postnamn.post, budgetpost.post, faktura.kostnadsslag) as post,
    faktura.kostnadsslag,
    faktura.fran,
    faktura.till,
    faktura.belopp_ore,
    faktura.timmar,
    faktura.kallrad
from staging.faktura as faktura
left join staging.part as part
    on part.insats_id = faktura.insats_id
    and part.part_id = faktura.part_id
left join staging.postnamn as postnamn
    on postnamn.insats_id = faktura.insats_id
    and postnamn.vikt = sv_vik(faktura.kostnadsslag)
left join (select distinct insats_id, post from staging.budget) as budgetpost
    on budgetpost.insats_id = faktura.insats_id
    and sv_vik(budgetpost.post) = sv_vik(faktura.kostnadsslag)
