-- One row per sum over all insatser that is not what was invoiced in all, to the öre. A dimension without rows sums to 0.
--
-- A förbund whose sum is too large to be shown has no rows of its own, and its invoices are left out of that comparison.
with per_forbund as (
    select coalesce(sum(belopp_ore), 0) as total_ore, coalesce(sum(abs(cast(belopp_ore as hugeint))), 0) as storlek
    from staging.faktura group by forbund_id
),
total as (
    select coalesce(sum(total_ore), 0) as alla_ore, coalesce(sum(total_ore) filter (ar_visbar(storlek)), 0) as visade_ore from per_forbund
),
ska_vara as (
    select tabell, dimension, case when starts_with(tabell, 'forbundskostnad') then visade_ore else alla_ore end as total_ore
    from total,
        (values ('kostnadsandel'), ('kostnadsandel_ar'), ('forbundskostnad'), ('forbundskostnad_ar')) as _(tabell),
        (values ('insats'), ('forbund'), ('part'), ('huvudman')) as delning(dimension)
    union all select 'faktura_manad', 'manad', alla_ore from total
),
rader as (
    select 'kostnadsandel' as tabell, dimension, belopp_ore from results.kostnadsandel
    union all select 'kostnadsandel_ar', dimension, belopp_ore from results.kostnadsandel_ar
    union all select 'forbundskostnad', dimension, belopp_ore from results.forbundskostnad
    union all select 'forbundskostnad_ar', dimension, belopp_ore from results.forbundskostnad_ar
    union all select 'faktura_manad', 'manad', belopp_ore from marts.faktura_manad
)
select ska_vara.tabell, ska_vara.dimension, sum(rader.belopp_ore) as summa_ore, ska_vara.total_ore
from ska_vara
left join rader on rader.tabell = ska_vara.tabell and rader.dimension = ska_vara.dimension
group by ska_vara.tabell, ska_vara.dimension, ska_vara.total_ore
having coalesce(sum(rader.belopp_ore), 0) <> ska_vara.total_ore
