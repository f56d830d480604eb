-- One row per insats, year and budget line: what was granted, else what was applied for, and every row that states it.
-- Where it was granted, what was applied for stands beside it.
-- key: post_id, ar
-- null: part_id, ansokt_ore
with rader as (
    select budget.*, stavning.post_id, coalesce(budget.status, 'ansokt') = 'beviljad' as ar_beviljad
    from staging.budget as budget
    inner join marts.stavning as stavning
        on stavning.insats_id = budget.insats_id
        and stavning.register = 'budget'
        and stavning.namn = budget.post
)
select
    insats_id,
    cast(ar as bigint) as ar,
    post_id,
    case when count(distinct part_id) = 1 then min(part_id) end as part_id,
    case when bool_or(ar_beviljad) then 'beviljad' else 'ansokt' end as status,
    cast(coalesce(sum(belopp_ore) filter (ar_beviljad), sum(belopp_ore)) as bigint) as belopp_ore,
    case when bool_or(ar_beviljad) then cast(sum(belopp_ore) filter (not ar_beviljad) as bigint) end as ansokt_ore,
    list(kallrad order by kallrad) as kallrader
from rader
group by insats_id, ar, post_id
