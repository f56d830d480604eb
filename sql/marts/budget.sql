-- One row per insats, year and budget line, however its name is spelled: what was granted, else what was applied for.
with poster as (
    select insats_id, ar, post, part_id, coalesce(status, 'ansokt') as status, belopp_ore from staging.budget
)
select
    insats_id,
    ar,
    min(post) as post,
    case when count(distinct part_id) = 1 then min(part_id) end as part_id,
    case when bool_or(status = 'beviljad') then 'beviljad' else 'ansokt' end as status,
    cast(coalesce(sum(belopp_ore) filter (status = 'beviljad'), sum(belopp_ore)) as bigint) as belopp_ore
from poster
group by insats_id, ar, sv_vik(post)
