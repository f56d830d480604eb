-- One row per sum over all insatser that is not what was invoiced in all, to the öre. A dimension without rows sums to 0.
--
-- A förbund whose sum is too large to be shown has no rows of its own, and its invoices are left out of that comparison.
with per_forbund as (
    select
        coalesce(sum(belopp_ore), 0) as total_ore,
        storlek is null or ar_visbar(storlek) as ar_visad
    from (
        select sum(belopp_ore) as belopp_ore, sum(abs(cast(belopp_ore as hugeint))) as storlek from staging.faktura group by forbund_id
    )
    group by ar_visad
),
total as (
    select coalesce(sum(total_ore), 0) as alla_ore, coalesce(sum(total_ore) filter (ar_visad), 0) as visade_ore from per_forbund
),
ska_vara as (
    select tabell.tabell, dimension.dimension, case when tabell.ar_forbundets then total.visade_ore else total.alla_ore end as total_ore
    from total,
        (values ('kostnadsandel', false), ('kostnadsandel_ar', false), ('forbundskostnad', true), ('forbundskostnad_ar', true))
            as tabell(tabell, ar_forbundets),
        (values ('insats'), ('forbund'), ('part'), ('huvudman')) as dimension(dimension)
    union all
    select 'faktura_manad', 'manad', alla_ore from total
),
summor as (
    select 'kostnadsandel' as tabell, dimension, sum(belopp_ore) as summa_ore from results.kostnadsandel group by dimension
    union all
    select 'kostnadsandel_ar', dimension, sum(belopp_ore) from results.kostnadsandel_ar group by dimension
    union all
    select 'forbundskostnad', dimension, sum(belopp_ore) from results.forbundskostnad group by dimension
    union all
    select 'forbundskostnad_ar', dimension, sum(belopp_ore) from results.forbundskostnad_ar group by dimension
    union all
    select 'faktura_manad', 'manad', sum(belopp_ore) from marts.faktura_manad
)
select ska_vara.tabell, ska_vara.dimension, summor.summa_ore, ska_vara.total_ore
from ska_vara
left join summor on summor.tabell = ska_vara.tabell and summor.dimension = ska_vara.dimension
where coalesce(summor.summa_ore, 0) <> ska_vara.total_ore
