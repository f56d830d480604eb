-- One row per gender distribution and the rows or the count it is made of.
select
    fordelning.resultat_id,
    deltagande.kallrad,
    'kon' as kolumn,
    case when deltagande.utesluten is not null then 'utesluten' when deltagande.kon = 'okant' then 'utesluten' else 'raknad' end as roll,
    case when deltagande.utesluten is not null then deltagande.utesluten when deltagande.kon = 'okant' then 'kön okänt' end as skal
from results.konsfordelning as fordelning
inner join marts.deltagande as deltagande
    on deltagande.insats_id = fordelning.insats_id
    and deltagande.startdatum <= fordelning.till
    and coalesce(deltagande.slutdatum, date '9999-12-31') >= fordelning.fran
union all
select distinct fordelning.resultat_id, antal.kallrad, 'totalt' as kolumn, 'raknad' as roll, cast(null as varchar) as skal
from results.konsfordelning as fordelning
inner join marts.deltagarantal as antal
    on antal.insats_id = fordelning.insats_id
    and antal.fran = fordelning.fran
    and antal.till = fordelning.till
    and antal.slag = 'deltagare'
where not exists (select 1 from marts.deltagande as deltagande where deltagande.insats_id = fordelning.insats_id)
