-- One row per change and the figure that changed.
select resultat_id, figur as till
from results.andring
