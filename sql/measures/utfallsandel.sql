-- One row per deltagande and outcome that its row states, and one per delivered outcome; each once of the avslutade and once of
-- all.
--
-- Any delivered outcome is asked for by its variabel and the värden that count. One of all is known only of those who have it:
-- who is still there is unknown. One who has several outcomes in a cell is unknown too, never a silent no.
--
-- raknas_som: personer med utfallet: det eller de värden som målet räknar upp, av variabeln
-- taljare: personer med något av värdena
-- namnare: personer med känt utfall, av de avslutade eller av alla (av)
-- utesluter: okänt utfall (visas som täckningsgrad); felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: egen definition: målets egna ord för utfallet
-- jamfor_inte_med: andelar av andra variabler eller värden, och andelar av alla där andra är av de avslutade
-- slag: andel
-- enhet: andel
-- filter: [variabel, av]
-- raknas: [varde]
-- standard: { av: avslutade }
-- kravs: [variabel, varde]
-- personer: true
with utfall as (
    select
        insats_id, startdatum, slutdatum, kon, alder, kommun, utesluten, kallrad,
        'avslutsorsak' as variabel, avslutsorsak as varde, har_okand_avslutsorsak as ar_okant_ord, 'avslutsorsak' as kallkolumn
    from marts.deltagande
    union all
    select
        insats_id, startdatum, slutdatum, kon, alder, kommun, utesluten, kallrad,
        'sysselsattning_efter', sysselsattning_slut, har_okant_ord, 'sysselsattning_slut'
    from marts.deltagande
),
bedomt as (
    select
        utfall.*,
        case
            when utesluten is not null then utesluten
            when ar_okant_ord then 'ordet för utfallet är inte känt'
            when varde is null then 'utfallet saknas'
            when contains(varde, ';') then 'flera utfall är angivna'
        end as skal
    from utfall
)
select
    insats_id,
    'deltagare' as register,
    'handelse' as tid,
    slutdatum as datum,
    'avslutade' as av,
    variabel,
    varde,
    kon,
    alder,
    kommun,
    case when utesluten is not null then 0 when skal is null then 1 end as taljare,
    case when utesluten is not null then 0 when skal is null then 1 end as namnare,
    case when utesluten is null and skal is not null then 1 else 0 end as okand,
    case when utesluten is null and ar_okant_ord then 1 end as okant_ord,
    skal,
    [kallrad] as kallrader,
    kallkolumn
from bedomt
where slutdatum is not null
union all by name
select
    insats_id,
    'deltagare' as register,
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    'alla' as av,
    variabel,
    varde,
    kon,
    alder,
    kommun,
    case when utesluten is not null then 0 when skal is null then 1 end as taljare,
    case when utesluten is not null then 0 when skal is null then 1 end as namnare,
    case when utesluten is null and skal is not null then 1 else 0 end as okand,
    case when utesluten is null and ar_okant_ord then 1 end as okant_ord,
    skal,
    [kallrad] as kallrader,
    kallkolumn
from bedomt
union all by name
select
    insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    unnest(['avslutade', 'alla']) as av,
    variabel,
    kod as varde,
    kon,
    case when har_okant_ord then null when kod = 'felregistrering' then 0 when kod is not null then antal end as taljare,
    case when har_okant_ord then null when kod = 'felregistrering' then 0 when kod is not null then antal end as namnare,
    case when kod is null or har_okant_ord then antal else 0 end as okand,
    case when har_okant_ord then antal end as okant_ord,
    case
        when har_okant_ord then 'ordet för utfallet är inte känt'
        when kod = 'felregistrering' then 'felregistrering'
        when kod is null then 'utfallet saknas'
    end as skal,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.deltagarutfall
union all by name
select
    insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    'avslutade' as av,
    variabel,
    kon,
    antal as okand,
    'utfallet saknas' as skal,
    kallrader,
    'totalt' as kallkolumn
from marts.utfallsbortfall
