-- One row per target group's amount and the delivered target group.
select
    kostnad.resultat_id,
    malgrupp.kallrad,
    'antal_lag' as kolumn,
    'namnare' as roll,
    cast(null as varchar) as skal
from results.malgruppskostnad as kostnad
inner join staging.malgrupp as malgrupp on malgrupp.insats_id = kostnad.insats_id
    and coalesce(strftime(malgrupp.fran, '%Y-%m-%d'), '') = kostnad.period
