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
-- enhet: andel
-- raknas: [avslutsorsak]
-- standard: { avslutsorsak: [avbrott, avbrutet, avbruten, avbrutit, avbrutet samarbete, avbrutit samarbete] }
-- personer: true
select
    insats_id,
    'deltagare' as register,
    'handelse' as tid,
    slutdatum as datum,
    kon,
    alder,
    kommun,
    avslutsorsak,
    case when utesluten is not null then 0 when avslutsorsak is not null and not har_okand_avslutsorsak then 1 end as taljare,
    case when utesluten is not null then 0 when avslutsorsak is not null and not har_okand_avslutsorsak then 1 end as namnare,
    case when avslutsorsak is null or har_okand_avslutsorsak then 1 else 0 end as okand,
    case when utesluten is null and har_okand_avslutsorsak then 1 end as okant_ord,
    case
        when utesluten is not null then utesluten
        when har_okand_avslutsorsak then 'ordet för avslutsorsak är inte känt'
        when avslutsorsak is null then 'avslutsorsak saknas'
    end as skal,
    [kallrad] as kallrader,
    'avslutsorsak' as kallkolumn
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
    kod as avslutsorsak,
    case when har_okant_ord then null when kod = 'felregistrering' then 0 when kod is not null then antal end as taljare,
    case when har_okant_ord then null when kod = 'felregistrering' then 0 when kod is not null then antal end as namnare,
    case when kod is null or har_okant_ord then antal else 0 end as okand,
    case when har_okant_ord then antal end as okant_ord,
    case
        when har_okant_ord then 'ordet för avslutsorsak är inte känt'
        when kod = 'felregistrering' then 'felregistrering'
        when kod is null then 'avslutsorsak saknas'
    end as skal,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.deltagarutfall
where variabel = 'avslutsorsak'
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
    'avslutsorsak saknas' as skal,
    kallrader,
    'totalt' as kallkolumn
from marts.utfallsbortfall
where variabel = 'avslutsorsak'
