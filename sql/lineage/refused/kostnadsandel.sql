-- One row per cost share and refused row that may belong to it: an invoice of the insats that may be of the year belongs to any
-- of the year's shares.
with andel as (
    select resultat_id, insats_id, cast(null as bigint) as ar from results.kostnadsandel
    union all
    select resultat_id, insats_id, ar from results.kostnadsandel_ar
)
select andel.resultat_id, rad.rad_id
from andel
inner join marts.bortfall as rad
    on rad.insats_id = andel.insats_id
    and coalesce(rad.dataset = 'faktura', true)
    and coalesce(year(rad.fran) <= andel.ar, true)
    and coalesce(year(rad.till) >= andel.ar, true)
