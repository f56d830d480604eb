-- One row per leverabel, obstacles excepted.
--
-- The window hela also takes those that are due after the insats.
--
-- raknas_som: leverabler som blev klara senast den dag de skulle
-- taljare: klara i tid
-- namnare: leverabler vars dag infaller i perioden; utan dag gäller insatsens sista
-- utesluter: hinder; leverabler där det är okänt när de blev klara (visas som täckningsgrad)
-- kalla: egen definition
-- jamfor_inte_med: leverabel_klar, som inte frågar efter dagen
-- slag: andel
-- filter: [slag, av]
with bedomt as (
    select
        leverabel.*,
        coalesce(leverabel.senast, insats.slutdatum) as forfaller,
        case
            when leverabel.status = 'okand' or coalesce(leverabel.senast, insats.slutdatum) is null then null
            when leverabel.status <> 'klar' then false
            else leverabel.datum <= coalesce(leverabel.senast, insats.slutdatum)
        end as ar_i_tid
    from staging.leverabel as leverabel
    inner join staging.insats as insats on insats.insats_id = leverabel.insats_id
    where coalesce(leverabel.slag, 'leverans') <> 'hinder'
)
select
    insats_id,
    'leverabel' as register,
    'forfaller' as tid,
    forfaller as datum,
    slag,
    leverabel_id as av,
    cast(ar_i_tid as integer) as taljare,
    case when ar_i_tid is not null then 1 end as namnare,
    case when ar_i_tid is null then 1 else 0 end as okand,
    case
        when status = 'okand' then 'status okänd'
        when forfaller is null then 'inget datum att hålla'
        when ar_i_tid is null then 'dagen då det blev klart saknas'
        when not ar_i_tid and status = 'klar' then 'klar för sent'
        when not ar_i_tid then 'inte klar'
    end as skal,
    [kallrad] as kallrader,
    'datum' as kallkolumn
from bedomt
