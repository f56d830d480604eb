-- One row per explanation of a budget cell that does not come to its budget, to the krona.
--
-- What was applied for is another amount than what was granted, and what is not explained comes to nothing.
select forklaring.resultat_id, forklaring.belopp_ore, budget.belopp_ore as budget_ore
from results.budgetforklaring as forklaring
left join marts.post as post on post.insats_id = forklaring.insats_id and post.post = forklaring.post
left join marts.budget as budget on budget.post_id = post.post_id and budget.ar = forklaring.ar
where forklaring.slag not in ('beviljat', 'ej_forklarad')
    and not coalesce(abs(forklaring.belopp_ore - budget.belopp_ore) <= 50, false)
