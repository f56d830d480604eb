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
select
    'handelse' as tid,
    slutdatum as datum,
    unnest(utfall(1, utesluten, false, '', ar_parter_informerade, 'uppgift saknas')),
    'parter_informerade' as kallkolumn
from marts.deltagande
where slutdatum is not null
