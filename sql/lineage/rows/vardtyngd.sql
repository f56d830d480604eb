-- One row per care unit and value that its points or its rank rest on: its own are counted, the others are what it is ranked among.
select
    vard.resultat_id,
    rad.kallrad,
    'varde' as kolumn,
    case when rad.enhet_id = vard.enhet_id then 'raknad' else 'namnare' end as roll
from results.vardtyngd as vard
inner join staging.vardenhet as rad on rad.forbund_id = vard.forbund_id
inner join staging.vardtyngd as val on val.forbund_id = rad.forbund_id and val.parameter = rad.parameter
