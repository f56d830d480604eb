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
    case when status <> 'okand' then cast(status = 'klar' as integer) end as taljare,
    case when status <> 'okand' then 1 end as namnare,
    case when status = 'okand' then 1 else 0 end as okand,
    case status
        when 'delvis' then 'delvis klar'
        when 'ej_klar' then 'ej klar'
        when 'reviderad' then 'reviderad'
        when 'okand' then 'status okänd'
    end as skal,
    'status' as kallkolumn
from marts.leverabel
where lage <> 'hinder'
