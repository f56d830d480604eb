-- One row per avslutat deltagande.
--
-- raknas_som: avslut där parterna informerats
-- taljare: avslut med ja
-- namnare: avslut med ja eller nej
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så; avslut utan svar (visas som
--   täckningsgrad)
-- kalla: egen definition: Respaldos mål att ingen skrivs ut utan att parterna informeras
-- jamfor_inte_med: andelen av alla avslut, där ett uteblivet svar skulle räknas som nej
-- slag: andel
-- enhet: andel
-- personer: true
select
    insats_id,
    'deltagare' as register,
    'handelse' as tid,
    slutdatum as datum,
    kon,
    alder,
    kommun,
    case when utesluten is not null then 0 else cast(ar_parter_informerade as integer) end as taljare,
    case when utesluten is not null then 0 when ar_parter_informerade is not null then 1 end as namnare,
    case when utesluten is null and ar_parter_informerade is null then 1 else 0 end as okand,
    case when utesluten is not null then utesluten when ar_parter_informerade is null then 'uppgift saknas' end as skal,
    [kallrad] as kallrader,
    'parter_informerade' as kallkolumn
from marts.deltagande
where slutdatum is not null
