-- One row per monthly amount and source row: the budget it is worked out from, or the staffing lines of its role.
with poster as (
    select post_id, '' as part_id, '' as roll, ar, unnest(kallrader) as kallrad, 'belopp' as kolumn from marts.budget
    union all
    select rad.post_id, rad.part_id, rad.roll, tid.ar, rad.kallrad, 'omfattning'
    from marts.bemanning as rad
    inner join marts.bemanning_ar as tid on tid.rad_id = rad.rad_id and not tid.ar_alternativ
    where rad.kostnad is not null and rad.omfattning > 0
)
select distinct takt.resultat_id, poster.kallrad, poster.kolumn, 'raknad' as roll
from results.budgettakt as takt
inner join marts.post as post on post.insats_id = takt.insats_id and post.post = takt.post
inner join poster using (post_id, part_id, roll, ar)
