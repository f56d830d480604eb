-- One row per month of an insats's cost and row behind it: the invoices of the month, and of all so far those before it
-- and the grants.
select distinct
    forlopp.resultat_id,
    faktura.kallrad,
    'belopp' as kolumn,
    case when faktura.manad = forlopp.manad then 'raknad' else 'namnare' end as roll
from results.kostnadsforlopp as forlopp
inner join marts.faktura_manad as faktura on faktura.insats_id = forlopp.insats_id and faktura.manad <= forlopp.manad
union all
select forlopp.resultat_id, _.kallrad, 'belopp', 'namnare'
from results.kostnadsforlopp as forlopp
inner join marts.medel as medel
    on medel.insats_id = forlopp.insats_id
    and (medel.ar is null or medel.ar <= year(forlopp.manad)),
    unnest(medel.kallrader) as _(kallrad)
