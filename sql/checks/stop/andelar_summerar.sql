-- One row per insats, dimension and year (none: all years) whose shares do not sum to its invoices, to the öre.
--
-- The invoices are added up from what was delivered, not from the marts that share them out. Hours without an amount are
-- on the insats's own row only.
with fakturerat as (
    select insats_id, cast(null as bigint) as ar, coalesce(sum(belopp_ore), 0) as total_ore from staging.faktura group by insats_id
    union all
    select insats_id, ar, coalesce(sum(belopp_ore), 0) from marts.faktura_ar group by insats_id, ar
),
andelar as (
    select insats_id, cast(null as bigint) as ar, dimension, belopp_ore, avvikelse_ore, andel_procent from results.kostnadsandel
    union all
    select insats_id, ar, dimension, belopp_ore, avvikelse_ore, andel_procent from results.kostnadsandel_ar
)
select
    andelar.insats_id,
    andelar.ar,
    andelar.dimension,
    sum(andelar.belopp_ore) as andelar_ore,
    any_value(fakturerat.total_ore) as fakturerat_ore
from andelar
inner join fakturerat on fakturerat.insats_id = andelar.insats_id and fakturerat.ar is not distinct from andelar.ar
group by andelar.insats_id, andelar.ar, andelar.dimension
having sum(andelar.belopp_ore) <> any_value(fakturerat.total_ore)
    or sum(andelar.avvikelse_ore) <> 0
    or abs(sum(cast(andelar.andel_procent as decimal(18, 1))) - 100) > 0
