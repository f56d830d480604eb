-- One row per survey, group and question: how many answered it, of how many it was sent to.
-- key: insats_id, enkat_id, grupp, fraga
-- null: grupp, fran, till, utskick
-- bevis: insats_id, 'enkat' as register, case when ar_daterad then 'aggregat' else 'odaterad' end as tid, true as ar_summerbar, fran, till, kallrader
select
    insats_id,
    enkat_id,
    grupp,
    fraga,
    bool_and(ar_daterad) as ar_daterad,
    min(fran) as fran,
    max(till) as till,
    cast(sum(antal) as bigint) as svar,
    max(utskick) as utskick,
    list(kallrad order by kallrad) as kallrader
from marts.enkat
group by insats_id, enkat_id, grupp, fraga
