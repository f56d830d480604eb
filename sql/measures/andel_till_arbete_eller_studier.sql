-- One row per avslutat deltagande, one per delivered outcome sysselsattning_efter, and one per period in which it is not
-- stated of all.
--
-- raknas_som: avslutade deltaganden där personen arbetar eller studerar efter insatsen; den som gör båda räknas en
--   gång
-- taljare: avslutade som arbetar eller studerar
-- namnare: avslutade i perioden med känd sysselsättning efter insatsen
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så; avslut utan känd
--   sysselsättning (visas som täckningsgrad); arbetssökande räknas i nämnaren men inte i täljaren
-- kalla: susam.se/finsam/susrapport/standardrapport-deltagare
-- jamfor_inte_med: andelen av ”positiva lösningar”, och andelen av alla avslut där bara några är registrerade
-- slag: andel
select
    'handelse' as tid,
    slutdatum as datum,
    unnest(utfall(1, utesluten, har_okant_ord, 'sysselsättning', ar_i_arbete_eller_studier_slut, 'sysselsättning efter saknas')),
    'sysselsattning_slut' as kallkolumn
from marts.deltagande
where slutdatum is not null
union all by name
select
    unnest(utfall(antal, utesluten, har_okant_ord, 'sysselsättning', ar_arbete_eller_studier(kod), 'sysselsättning efter saknas'))
from marts.deltagarutfall_helt
where variabel = 'sysselsattning_efter'
