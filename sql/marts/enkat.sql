-- One row per delivered answer and its number, clipped to the insats; none that lies ahead. One without dates speaks of the whole insats.
--
-- Questions that fold alike are one, as the first of them is written, and so are groups and surveys. Answers of no group that are those of
-- the groups, each of them, are their whole, and no more answers.
-- key: rad_id
-- null: grupp, fran, till, utskick
with stavad as (
    select rowid as rad_id, * replace (
        min(enkat_id) over (partition by insats_id, sv_vik(enkat_id)) as enkat_id,
        min(grupp) over (partition by insats_id, sv_vik(enkat_id), sv_vik(grupp)) as grupp,
        min(fraga) over (partition by insats_id, sv_vik(fraga)) as fraga
    )
    from staging.enkat
),
enkat as (
    select
        *,
        grupp is null and coalesce(antal = sum(antal) filter (grupp is not null) over (partition by insats_id, enkat_id, fraga, sv_vik(svar)), false) as ar_helhet
    from stavad
)
select
    enkat.rad_id,
    enkat.insats_id,
    enkat.enkat_id,
    enkat.grupp,
    enkat.fraga,
    enkat.svar,
    enkat.fran is not null and enkat.till is not null as ar_daterad,
    greatest(enkat.fran, coalesce(insats.startdatum, enkat.fran)) as fran,
    least(enkat.till, coalesce(insats.slutdatum, enkat.till)) as till,
    enkat.antal,
    enkat.utskick,
    enkat.kallrad
from enkat
inner join staging.insats as insats on insats.insats_id = enkat.insats_id
where coalesce(enkat.till >= insats.startdatum, true)
    and coalesce(enkat.fran <= least(insats.slutdatum, getvariable('idag')), true)
qualify enkat.grupp is not null or not bool_and(enkat.ar_helhet or enkat.grupp is not null) over (partition by enkat.insats_id, enkat.enkat_id, enkat.fraga)
