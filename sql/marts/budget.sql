-- One row per insats, year and budget line, however its name is spelled: what was granted, else what was applied for.
-- Where it was granted, what was applied for stands beside it.
with poster as (
    select insats_id, ar, post, part_id, coalesce(status, 'ansokt') as status, belopp_ore from staging.budget
)
select
    insats_id,
    ar,
    min(post) as post,
    case when count(distinct part_id) = 1 then min(part_id) end as part_id,
    case when bool_or(status = 'beviljad') then 'beviljad' else 'ansokt' end as status,
    cast(coalesce(sum(belopp_ore) filter (status = 'beviljad'), sum(belopp_ore)) as bigint) as belopp_ore,
    case when bool_or(status = 'beviljad') then cast(sum(belopp_ore) filter (status = 'ansokt') as bigint) end as ansokt_ore
from poster
group by insats_id, ar, sv_vik(post)
