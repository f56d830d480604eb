-- One row per pair of goals and goal of it.
select resultat_id, 'malsammanfattning/' || id_led(insats_id) || '/' || id_led(unnest([mal_id, annat_mal_id])) as till
from results.malsamband
