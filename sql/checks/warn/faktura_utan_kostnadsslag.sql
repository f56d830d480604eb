-- One row per invoiced amount that states no kostnadsslag although the insats has a budget for that year.
--
-- Without it the amount stands on no budget line, and the budget looks unused.
select faktura.kallrad, 'kostnadsslag' as kolumn, faktura.faktura_id as varde, cast(year(faktura.fran) as varchar) as detalj
from staging.faktura as faktura
where faktura.kostnadsslag is null
    and faktura.belopp_ore is not null
    and exists (
        select 1 from staging.budget as budget
        where budget.insats_id = faktura.insats_id and budget.ar between year(faktura.fran) and year(faktura.till)
    )
