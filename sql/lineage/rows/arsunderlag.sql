-- One row per entry of the yearly form and amount that it rests on: what the förbund states, grants and is invoiced, else paid in.
select underlag.resultat_id, ekonomi.kallrad, _.kolumn, 'raknad' as roll
from results.arsunderlag as underlag
inner join staging.forbundsekonomi as ekonomi
    on ekonomi.forbund_id = underlag.forbund_id and ekonomi.ar = underlag.ar and ekonomi.slag = underlag.uppgift,
    unnest(['budget', 'utfall']) as _(kolumn)
where case _.kolumn when 'budget' then ekonomi.budget_ore else ekonomi.utfall_ore end is not null
union all
select underlag.resultat_id, bidrag.kallrad, 'belopp', 'raknad'
from results.arsunderlag as underlag
inner join marts.bidrag as bidrag on bidrag.forbund_id = underlag.forbund_id and bidrag.ar = underlag.ar
where underlag.utfall_kalla = 'parternas bidrag'
union all
select underlag.resultat_id, _.kallrad, 'belopp', 'raknad'
from results.arsunderlag as underlag
inner join marts.medel as medel
    on medel.forbund_id = underlag.forbund_id
    and medel.ar = underlag.ar
    and (medel.insats_id = underlag.id or underlag.uppgift = 'insatser'),
    unnest(medel.kallrader) as _(kallrad)
where underlag.budget_kalla in ('beviljade medel', 'insatserna nedan')
union all
select underlag.resultat_id, faktura.kallrad, 'belopp', 'raknad'
from results.arsunderlag as underlag
inner join marts.faktura_ar as faktura
    on faktura.forbund_id = underlag.forbund_id
    and faktura.ar = underlag.ar
    and (faktura.insats_id = underlag.id or underlag.uppgift = 'insatser')
where underlag.utfall_kalla in ('fakturor', 'insatserna nedan')
union all
select underlag.resultat_id, budget.kallrad, 'belopp', 'raknad'
from results.arsunderlag as underlag
inner join staging.budget as budget on budget.insats_id = underlag.id and budget.ar = underlag.ar
where underlag.budget_kalla like 'insatsens%'
