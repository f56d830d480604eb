-- One row per sum over all insatser that is not what was invoiced in all, to the öre.
with levererat as (
    select coalesce(sum(belopp_ore), 0) as total_ore from staging.faktura
),
summor as (
    select 'kostnadsandel, ' || dimension as summa, sum(belopp_ore) as summa_ore from results.kostnadsandel group by dimension
    union all
    select 'kostnadsandel_ar, ' || dimension, sum(belopp_ore) from results.kostnadsandel_ar group by dimension
    union all
    select 'forbundskostnad, ' || dimension, sum(belopp_ore) from results.forbundskostnad group by dimension
    union all
    select 'forbundskostnad_ar, ' || dimension, sum(belopp_ore) from results.forbundskostnad_ar group by dimension
    union all
    select 'faktura_manad', sum(belopp_ore) from marts.faktura_manad
)
select summor.summa, summor.summa_ore, levererat.total_ore
from summor, levererat
where coalesce(summor.summa_ore, 0) <> levererat.total_ore
