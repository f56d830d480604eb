-- One row per insats and month from its first invoiced month to its last: invoiced, and all invoiced and granted so far.
--
-- Invoices are periodised by days. A month between invoices is 0, since invoices come row by row. A year's grant counts
-- from January of its year, one for the whole insats from the first month; without any grant there is none, not 0.
with fakturerat as (
    select insats_id, manad, sum(belopp_ore) as belopp_ore from marts.faktura_manad group by insats_id, manad
),
omfang as (
    select insats_id, min(manad) as forsta, max(manad) as sista from fakturerat group by insats_id
),
manader as (
    select omfang.insats_id, omfang.forsta, _.manad
    from omfang,
        unnest(manader_i(omfang.forsta, omfang.sista)) as _(manad)
),
medel as (
    select manader.insats_id, manader.manad, sum(medel.medel_ore) as medel_ore
    from manader
    inner join marts.medel as medel
        on medel.insats_id = manader.insats_id
        and coalesce(medel.ar, year(manader.forsta)) <= year(manader.manad)
    group by manader.insats_id, manader.manad
)
select
    manader.insats_id,
    manader.manad,
    cast(coalesce(fakturerat.belopp_ore, 0) as bigint) as belopp_ore,
    cast(sum(coalesce(fakturerat.belopp_ore, 0)) over (partition by manader.insats_id order by manader.manad) as bigint) as ackumulerat_ore,
    cast(medel.medel_ore as bigint) as medel_ackumulerat_ore
from manader
left join fakturerat on fakturerat.insats_id = manader.insats_id and fakturerat.manad = manader.manad
left join medel on medel.insats_id = manader.insats_id and medel.manad = manader.manad
