-- One row per scenario and figure that its declaration refers to.
select resultat_id, till
from results.hanvisning
where starts_with(resultat_id, 'scenario/')
