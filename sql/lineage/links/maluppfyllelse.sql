-- One row per goal on a formula and figure or claim that the formula refers to.
select resultat_id, till
from results.hanvisning
where starts_with(resultat_id, 'maluppfyllelse/')
