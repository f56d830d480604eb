-- One row per claim and figure or claim that it refers to. A goal's reported verdict refers to the goal's own.
select resultat_id, till
from results.hanvisning
union all
select 'utsagekontroll/' || id_led(insats_id) || '/' || id_led(mal_id) as resultat_id, resultat_id as till
from results.malsammanfattning
