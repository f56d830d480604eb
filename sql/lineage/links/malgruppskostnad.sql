-- One row per target group and budget cell that is shared out over it.
select kostnad.resultat_id, post.resultat_id as till
from results.malgruppskostnad as kostnad
inner join results.budgetutfall as post on post.insats_id = kostnad.insats_id
    and (kostnad.period = '' or post.ar between year(cast(kostnad.period as date)) and year(cast(kostnad.period as date)) + cast(kostnad.manader / 12 as integer) - 1)
where post.budget_ore is not null
