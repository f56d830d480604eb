-- One row per insats and budget line, however its name is spelled: the name that is shown.
-- key: post_id
select post_id, any_value(insats_id) as insats_id, arg_min(post, nr) as post
from marts.stavning
group by post_id
