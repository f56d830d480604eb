-- One row per insats and dimension whose shares do not sum to its invoices, to the öre.
select andel.insats_id, andel.dimension, sum(andel.belopp_ore) as andelar_ore, any_value(helhet.total_ore) as fakturerat_ore
from results.kostnadsandel as andel
inner join (
    select insats_id, coalesce(sum(belopp_ore), 0) as total_ore from staging.faktura group by insats_id
) as helhet on helhet.insats_id = andel.insats_id
group by andel.insats_id, andel.dimension
having sum(andel.belopp_ore) <> any_value(helhet.total_ore)
    or sum(andel.avvikelse_ore) <> 0
    or abs(sum(cast(andel.andel_procent as decimal(18, 1))) - 100) > 0
