-- One row per sum over all insatser that is not what was invoiced in all, to the öre.
--
-- A förbund whose sum is too large to be shown has no rows of its own, and its invoices are left out of that comparison.
with levererat as (
    select coalesce(sum(belopp_ore), 0) as total_ore from staging.faktura
),
per_forbund as (
    select coalesce(sum(total_ore), 0) as total_ore
    from (
        select sum(belopp_ore) as total_ore, sum(abs(cast(belopp_ore as hugeint))) as storlek from staging.faktura group by forbund_id
    )
    where storlek is null or ar_visbar(storlek)
),
summor as (
    select 'kostnadsandel, ' || dimension as summa, sum(belopp_ore) as summa_ore, total_ore
    from results.kostnadsandel, levererat group by dimension, total_ore
    union all
    select 'kostnadsandel_ar, ' || dimension, sum(belopp_ore), total_ore
    from results.kostnadsandel_ar, levererat group by dimension, total_ore
    union all
    select 'forbundskostnad, ' || dimension, sum(belopp_ore), total_ore
    from results.forbundskostnad, per_forbund group by dimension, total_ore
    union all
    select 'forbundskostnad_ar, ' || dimension, sum(belopp_ore), total_ore
    from results.forbundskostnad_ar, per_forbund group by dimension, total_ore
    union all
    select 'faktura_manad', sum(belopp_ore), total_ore from marts.faktura_manad, levererat group by total_ore
)
select summa, summa_ore, total_ore
from summor
where coalesce(summa_ore, 0) <> total_ore
