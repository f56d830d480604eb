-- One row per insats, register and name of a budget line as written there (empty: none): the line that it names.
--
-- Names that fold alike are one line, in every register. An invoice names its line by kostnadsslag, unless the pipeline
-- maps that to another (poster); one that names none is on the line ingen. Each spelling is folded once, here and nowhere
-- else. nr is the order of preference for how the line is shown: as the budget's first row writes it, else the staffing's,
-- else the invoices'.
-- key: insats_id, register, namn
with skrivet as (
    select 1 as ordning, insats_id, 'budget' as register, post as namn, min(kallrad) as kallrad
    from staging.budget group by insats_id, post
    union all
    select 2, insats_id, 'bemanning', post, min(kallrad) from staging.bemanning where post is not null group by insats_id, post
    union all
    select 3, insats_id, 'faktura', coalesce(kostnadsslag, ''), min(kallrad)
    from staging.faktura group by insats_id, coalesce(kostnadsslag, '')
),
namngivet as (
    select skrivet.*, coalesce(postnamn.post, nullif(skrivet.namn, ''), 'ingen') as post
    from skrivet
    left join staging.postnamn as postnamn
        on skrivet.register = 'faktura'
        and postnamn.insats_id = skrivet.insats_id
        and postnamn.vikt = sv_vik(skrivet.namn)
)
select
    insats_id,
    register,
    namn,
    post,
    dense_rank() over (order by insats_id, sv_vik(post)) as post_id,
    row_number() over (order by ordning, kallrad, namn) as nr
from namngivet
