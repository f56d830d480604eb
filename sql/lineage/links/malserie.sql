-- One row per period of a series, and the judged window that it shows.
select resultat_id, 'maluppfyllelse' || substr(resultat_id, length('malserie') + 1) as till
from results.malserie
