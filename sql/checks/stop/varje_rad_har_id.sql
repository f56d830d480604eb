-- One row per traced figure that names a row nobody delivered.
select harkomst.resultat_id, harkomst.kallrad
from results.harkomst as harkomst
left join inbox.rad as rad on rad.kallrad = harkomst.kallrad
where rad.kallrad is null
