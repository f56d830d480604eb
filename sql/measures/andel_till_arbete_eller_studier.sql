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
    case when utesluten is not null then 0 when not har_okant_ord then cast(ar_i_arbete_eller_studier_slut as integer) end as taljare,
    case when utesluten is not null then 0 when ar_i_arbete_eller_studier_slut is not null and not har_okant_ord then 1 end as namnare,
    case when utesluten is null and (ar_i_arbete_eller_studier_slut is null or har_okant_ord) then 1 else 0 end as okand,
    case when utesluten is null and har_okant_ord then 1 end as okant_ord,
    case
        when utesluten is not null then utesluten
        when har_okant_ord then 'ordet för sysselsättning är inte känt'
        when ar_i_arbete_eller_studier_slut is null then 'sysselsättning efter saknas'
    end as skal,
    [kallrad] as kallrader,
    'sysselsattning_slut' as kallkolumn
from marts.deltagande
where slutdatum is not null
union all by name
select
    insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    kon,
    case when har_okant_ord then null when kod = 'felregistrering' or not ar_arbete_eller_studier(kod) then 0 when kod is not null then antal end as taljare,
    case when har_okant_ord then null when kod = 'felregistrering' then 0 when kod is not null then antal end as namnare,
    case when kod is null or har_okant_ord then antal else 0 end as okand,
    case when har_okant_ord then antal end as okant_ord,
    case
        when har_okant_ord then 'ordet för sysselsättning är inte känt'
        when kod = 'felregistrering' then 'felregistrering'
        when kod is null then 'sysselsättning efter saknas'
    end as skal,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.deltagarutfall
where variabel = 'sysselsattning_efter'
union all by name
select
    insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    kon,
    antal as okand,
    'sysselsättning efter saknas' as skal,
    kallrader,
    'totalt' as kallkolumn
from marts.utfallsbortfall
where variabel = 'sysselsattning_efter'
