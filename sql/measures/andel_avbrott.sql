-- One row per avslutat deltagande, one per delivered outcome avslutsorsak, and one per period in which it is not stated
-- of all.
--
-- Försäkringskassan and Arbetsförmedlingen call it avbrutet when the deltagare withdraws consent or chooses to stop. A
-- reason stated as unknown is unknown, not another reason.
--
-- raknas_som: avslutade deltaganden vars avslutsorsak är ett avbrott; målet får räkna upp sina egna ord för det
-- taljare: avslutade med avbrott
-- namnare: avslutade i perioden med angiven avslutsorsak
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så; avslut utan avslutsorsak
--   (visas som täckningsgrad)
-- kalla: egen definition efter susam.se/af-fk-samarbete/deltagaransvarig-fk/avslutat-samarbete; ingen kodlista för
--   Finsam är offentlig
-- jamfor_inte_med: andelar med en annan lista över vad som är avbrott
-- slag: andel
-- raknas: [avslutsorsak]
-- standard: { avslutsorsak: [avbrott, avbrutet, avbruten, avbrutit, avbrutet samarbete, avbrutit samarbete] }
select
    'handelse' as tid,
    slutdatum as datum,
    [avslutsorsak] as avslutsorsak,
    unnest(utfall(1, utesluten, har_okand_avslutsorsak, 'avslutsorsak', avslutsorsak <> '', 'avslutsorsak saknas')),
    'avslutsorsak' as kallkolumn
from marts.deltagande
where slutdatum is not null
union all by name
select
    [kod] as avslutsorsak,
    unnest(utfall(antal, utesluten, har_okant_ord, 'avslutsorsak', kod <> '', 'avslutsorsak saknas'))
from marts.deltagarutfall_helt
where variabel = 'avslutsorsak'
