-- One row per budget cell and source row: the budget, the staffing lines it is recomputed from, the invoices.
select distinct utfall.resultat_id, rader.kallrad, rader.kolumn, rader.roll, cast(null as varchar) as skal
from results.budgetutfall as utfall
inner join (
    select insats_id, ar, sv_vik(post) as vikt, kallrad, 'belopp' as kolumn, 'namnare' as roll from staging.budget
    union all
    select insats_id, ar, sv_vik(post), kallrad, 'omfattning', 'raknad' from marts.bemanning_ar
    union all
    select insats_id, ar, sv_vik(coalesce(post, 'ingen')), kallrad, 'belopp', 'raknad' from marts.faktura_ar where belopp_ore is not null
) as rader
    on rader.insats_id = utfall.insats_id
    and rader.ar = utfall.ar
    and rader.vikt = sv_vik(utfall.post)
