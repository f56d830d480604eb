-- One row per budget cell and source row: the budget, the staffing lines it is recomputed from, the invoices, and the
-- staffing lines that only its explanation rests on.
with rader as (
    select post_id, ar, unnest(kallrader) as kallrad, 'belopp' as kolumn, 'namnare' as roll from marts.budget
    union all
    select post_id, ar, kallrad, 'omfattning', 'raknad' from marts.bemanning_ar where kostnad_ore is not null
    union all
    select post_id, ar, kallrad, 'belopp', 'raknad' from marts.faktura_ar where belopp_ore is not null
),
celler as (
    select distinct utfall.resultat_id, rader.kallrad, rader.kolumn, rader.roll, cast(null as varchar) as skal
    from results.budgetutfall as utfall
    inner join marts.post as post on post.insats_id = utfall.insats_id and post.post = utfall.post
    inner join rader on rader.post_id = post.post_id and rader.ar = utfall.ar
),
underlag as (
    select distinct utfall.resultat_id, harkomst.kallrad, harkomst.kolumn
    from results.budgetutfall as utfall
    inner join results.budgetforklaring as forklaring using (insats_id, ar, post)
    inner join results.harkomst as harkomst
        on harkomst.resultat_id = forklaring.resultat_id
        and harkomst.roll = 'raknad'
)
select resultat_id, kallrad, kolumn, roll, skal from celler
union all
select underlag.resultat_id, underlag.kallrad, underlag.kolumn, 'utesluten', 'används bara i förklaringen'
from underlag
where not exists (
    select 1 from celler where celler.resultat_id = underlag.resultat_id and celler.kallrad = underlag.kallrad
)
