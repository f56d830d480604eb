-- One row per avslutat deltagande.
--
-- raknas_som: avslutade deltaganden där personen efter insatsen arbetar eller studerar och inte gjorde det före,
--   eller gör det i större omfattning än före
-- taljare: avslutade som har börjat eller ökat
-- namnare: avslutade i perioden där det är känt
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så; avslut där sysselsättning
--   eller omfattning före eller efter saknas (visas som täckningsgrad)
-- kalla: susam.se/finsam/susrapport/standardrapport-deltagare
-- jamfor_inte_med: en effekt av insatsen: måttet visar en förändring, inte vad den beror på
-- slag: andel
select
    'handelse' as tid,
    slutdatum as datum,
    unnest(utfall(1, utesluten, ar_borjat_eller_okat is null and (har_okant_ord or har_okant_ord_start), 'sysselsättning', ar_borjat_eller_okat, 'sysselsättning eller omfattning före eller efter saknas')),
    'sysselsattning_slut' as kallkolumn
from marts.deltagande
where slutdatum is not null
