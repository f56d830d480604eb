-- One row per grade and value that it rests on: the unit's own is counted, the others' are what it is graded among.
select
    grad.resultat_id,
    rad.kallrad,
    'varde' as kolumn,
    case when rad.enhet_id = grad.enhet_id then 'raknad' else 'namnare' end as roll
from results.vardtyngdsgrad as grad
inner join staging.vardenhet as rad on rad.forbund_id = grad.forbund_id and rad.parameter = grad.parameter
where grad.regel <> 'granser' or rad.enhet_id = grad.enhet_id
