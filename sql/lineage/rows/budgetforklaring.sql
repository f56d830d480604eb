-- One row per explanation of a budget cell and source row: the budget that it explains, and the staffing rows it rests on,
-- which were noted when it was found.
select distinct forklaring.resultat_id, _.kallrad, 'belopp' as kolumn, 'namnare' as roll, cast(null as varchar) as skal
from results.budgetforklaring as forklaring
inner join marts.post as post on post.insats_id = forklaring.insats_id and post.post = forklaring.post
inner join marts.budget as budget on budget.post_id = post.post_id and budget.ar = forklaring.ar,
    unnest(budget.kallrader) as _(kallrad)
union all
select resultat_id, kallrad, kolumn, roll, skal
from results.harkomst
