-- One row per target group's amount and row that it is made of: the delivered target group, and the budget lines shared out over it.
select kostnad.resultat_id, malgrupp.kallrad, 'antal_lag' as kolumn, 'namnare' as roll
from results.malgruppskostnad as kostnad
inner join staging.malgrupp as malgrupp on malgrupp.insats_id = kostnad.insats_id
    and coalesce(strftime(malgrupp.fran, '%Y-%m-%d'), '') = kostnad.period
union all
select kostnad.resultat_id, budget.kallrad, 'belopp', 'raknad'
from results.malgruppskostnad as kostnad
inner join staging.budget as budget on budget.insats_id = kostnad.insats_id
    and (kostnad.period = '' or budget.ar between year(cast(kostnad.period as date)) and year(cast(kostnad.period as date)) + cast(kostnad.manader / 12 as integer) - 1)
inner join marts.stavning as stavning
    on stavning.insats_id = budget.insats_id
    and stavning.register = 'budget'
    and stavning.namn = budget.post
inner join marts.budget as helhet on helhet.post_id = stavning.post_id and helhet.ar = budget.ar
where coalesce(budget.status, 'ansokt') = helhet.status
