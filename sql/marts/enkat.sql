-- One row per delivered answer and its number, clipped to the insats; none that lies ahead. One without dates speaks of the whole insats.
--
-- Questions that fold alike are one, as the first of them is written, and so are groups.
-- key: rad_id
-- null: grupp, fran, till, utskick
select
    enkat.rowid as rad_id,
    enkat.insats_id,
    enkat.enkat_id,
    min(enkat.grupp) over (partition by enkat.insats_id, enkat.enkat_id, sv_vik(enkat.grupp)) as grupp,
    min(enkat.fraga) over (partition by enkat.insats_id, sv_vik(enkat.fraga)) as fraga,
    enkat.svar,
    enkat.fran is not null and enkat.till is not null as ar_daterad,
    greatest(enkat.fran, coalesce(insats.startdatum, enkat.fran)) as fran,
    least(enkat.till, coalesce(insats.slutdatum, enkat.till)) as till,
    enkat.antal,
    enkat.utskick,
    enkat.kallrad
from staging.enkat as enkat
inner join staging.insats as insats on insats.insats_id = enkat.insats_id
where coalesce(enkat.till >= insats.startdatum, true)
    and coalesce(enkat.fran <= least(insats.slutdatum, getvariable('idag')), true)
