-- One row per gender distribution and refused row that may belong to it: a deltagande or a count of deltagare that may be of
-- its period.
select fordelning.resultat_id, rad.rad_id
from results.konsfordelning as fordelning
inner join marts.bortfall as rad
    on rad.insats_id = fordelning.insats_id
    and coalesce(
        rad.dataset = 'deltagare'
        or (rad.dataset = 'deltagarantal' and (list_contains(rad.okanda, 'slag') or rad.varden['slag'] = 'deltagare')),
        true
    )
    and coalesce(rad.fran <= fordelning.till, true)
    and coalesce(rad.till >= fordelning.fran, true)
