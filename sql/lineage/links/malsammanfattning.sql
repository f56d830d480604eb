-- One row per goal and judged window that its verdict is made of.
select 'malsammanfattning/' || id_led(insats_id) || '/' || id_led(mal_id) as resultat_id, resultat_id as till
from results.maluppfyllelse
