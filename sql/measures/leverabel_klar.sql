-- One row per leverabel, obstacles excepted.
--
-- The window hela also takes those that are due after the insats.
--
-- raknas_som: leverabler som är klara
-- taljare: klara
-- namnare: leverabler vars dag infaller i perioden; utan dag gäller insatsens sista
-- utesluter: hinder; leverabler med okänd status (visas som täckningsgrad)
-- kalla: egen definition
-- jamfor_inte_med: leverabel_i_tid, som också frågar om de blev klara i tid
-- slag: andel
-- filter: [slag, av]
select
    leverabel.insats_id,
    'leverabel' as register,
    'forfaller' as tid,
    coalesce(leverabel.senast, insats.slutdatum) as datum,
    leverabel.slag,
    leverabel.leverabel_id as av,
    case when leverabel.status <> 'okand' then cast(leverabel.status = 'klar' as integer) end as taljare,
    case when leverabel.status <> 'okand' then 1 end as namnare,
    case when leverabel.status = 'okand' then 1 else 0 end as okand,
    case leverabel.status
        when 'delvis' then 'delvis klar'
        when 'ej_klar' then 'ej klar'
        when 'reviderad' then 'reviderad'
        when 'okand' then 'status okänd'
    end as skal,
    [leverabel.kallrad] as kallrader,
    'status' as kallkolumn
from staging.leverabel as leverabel
inner join staging.insats as insats on insats.insats_id = leverabel.insats_id
where coalesce(leverabel.slag, 'leverans') <> 'hinder'
