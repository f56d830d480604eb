-- One row per monthly amount and source row: the budget it is worked out from, or the staffing lines of its role.
with poster as (
    select insats_id, sv_vik(post) as vikt, '' as part_id, '' as roll, ar, kallrad, 'belopp' as kolumn from staging.budget
    union all
    select rad.insats_id, sv_vik(rad.post), rad.part_id, rad.roll, tid.ar, rad.kallrad, 'omfattning'
    from marts.bemanning as rad
    inner join marts.bemanning_tid as tid on tid.kallrad = rad.kallrad and not tid.ar_alternativ
    where rad.kostnad is not null and rad.omfattning > 0
)
select distinct takt.resultat_id, poster.kallrad, poster.kolumn, 'raknad' as roll, cast(null as varchar) as skal
from results.budgettakt as takt
inner join poster
    on poster.insats_id = takt.insats_id
    and poster.vikt = sv_vik(takt.post)
    and poster.part_id = takt.part_id
    and poster.roll = takt.roll
    and poster.ar = takt.ar
