-- One row per claim: the delivered row that states it. A claim refers to rows that state a figure and claim nothing, too.
select
    'utsagekontroll/' || id_led(coalesce(insats_id, forbund_id)) || '/' || id_led(utsaga_id) as resultat_id,
    kallrad,
    'varde' as kolumn,
    'raknad' as roll,
    'utsagan' as skal
from staging.utsaga
