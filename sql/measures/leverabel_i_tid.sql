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
select
    cast(ar_i_tid as integer) as taljare,
    case when ar_i_tid is not null then 1 end as namnare,
    cast(ar_i_tid is null as integer) as okand,
    case
        when status = 'okand' then 'status okänd'
        when senast_datum is null then 'inget datum att hålla'
        when ar_i_tid is null then 'dagen då det blev klart saknas'
        when not ar_i_tid and status = 'klar' then 'klar för sent'
        when not ar_i_tid then 'inte klar'
    end as skal,
    'datum' as kallkolumn
from marts.leverabel
where lage <> 'hinder'
