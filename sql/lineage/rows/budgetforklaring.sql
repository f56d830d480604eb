-- One row per explanation of a budget cell and source row: the budget that it explains, and the staffing rows it rests on,
-- which were noted when it was found.
select distinct forklaring.resultat_id, budget.kallrad, 'belopp' as kolumn, 'namnare' as roll, cast(null as varchar) as skal
from results.budgetforklaring as forklaring
inner join staging.budget as budget
    on budget.insats_id = forklaring.insats_id
    and budget.ar = forklaring.ar
    and sv_vik(budget.post) = sv_vik(forklaring.post)
union all
select resultat_id, kallrad, kolumn, roll, skal
from results.harkomst
