-- One row per deltagande and outcome that its row states, and one per delivered outcome; each once of the avslutade and once of
-- all.
--
-- Any delivered outcome is asked for by its variabel and the värden that count. One of all is known only of those who have it:
-- who is still there is unknown. One who has several outcomes in a cell has each of them. A register that never states
-- fortsatt_behov or försörjning after says nothing of it. Totals of which one person may have several are shares of all avslutade, and cannot
-- be asked for more than one at a time: nobody knows how many have any of two.
--
-- raknas_som: personer med utfallet: det eller de värden som målet räknar upp, av variabeln
-- taljare: personer med något av värdena
-- namnare: personer med känt utfall, av de avslutade eller av alla (av); av summor där en person kan ha flera utfall alla avslutade
-- utesluter: okänt utfall (visas som täckningsgrad); felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: egen definition: målets egna ord för utfallet
-- jamfor_inte_med: andelar av andra variabler eller värden, och andelar av alla där andra är av de avslutade
-- slag: andel
-- filter: [variabel, av]
-- raknas: [varde]
-- standard: { av: avslutade }
-- kravs: [variabel, varde]
with utfall as (
    select
        insats_id, startdatum, slutdatum, kon, alder, kommun, forsorjning_fore, utesluten, kallrad,
        'fortsatt_behov' as variabel, fortsatt_behov as varde, false as ar_okant_ord, 'fortsatt_behov' as kallkolumn
    from marts.deltagande
    qualify count(fortsatt_behov) over (partition by insats_id) > 0
    union all
    select
        insats_id, startdatum, slutdatum, kon, alder, kommun, forsorjning_fore, utesluten, kallrad, 'forsorjning_efter', nullif(forsorjning_slut, ''), false, 'forsorjning_slut'
    from marts.deltagande
    qualify count(nullif(forsorjning_slut, '')) over (partition by insats_id) > 0
    union all
    select
        insats_id, startdatum, slutdatum, kon, alder, kommun, forsorjning_fore, utesluten, kallrad,
        'avslutsorsak' as variabel, avslutsorsak as varde, har_okand_avslutsorsak as ar_okant_ord, 'avslutsorsak' as kallkolumn
    from marts.deltagande
    union all
    select
        insats_id, startdatum, slutdatum, kon, alder, kommun, forsorjning_fore, utesluten, kallrad,
        'sysselsattning_efter', sysselsattning_slut, har_okant_ord, 'sysselsattning_slut'
    from marts.deltagande
)
select
    insats_id,
    'deltagare' as register,
    'handelse' as tid,
    slutdatum as datum,
    'avslutade' as av,
    variabel,
    string_split(varde, ';') as varde,
    kon,
    alder,
    kommun,
    forsorjning_fore as forsorjning,
    unnest(utfall(1, utesluten, ar_okant_ord, 'utfallet', varde <> '', 'utfallet saknas')),
    [kallrad] as kallrader,
    kallkolumn
from utfall
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
    string_split(varde, ';') as varde,
    kon,
    alder,
    kommun,
    forsorjning_fore as forsorjning,
    unnest(utfall(1, utesluten, ar_okant_ord, 'utfallet', varde <> '', 'utfallet saknas')),
    [kallrad] as kallrader,
    kallkolumn
from utfall
union all by name
select
    -- How many lack an outcome is known of the avslutade alone.
    unnest(if(rad_id is null or ar_flera, ['avslutade'], ['avslutade', 'alla'])) as av,
    variabel,
    [kod] as varde,
    ar_flera and rad_id is not null as ar_flera,
    unnest(case
        when not ar_flera or utesluten is not null then utfall(antal, utesluten, har_okant_ord, 'utfallet', kod <> '', 'utfallet saknas')
        when rad_id is null then {'taljare': null, 'namnare': antal, 'okand': 0, 'okant_ord': null, 'skal': 'alla avslutade: en person kan ha flera utfall'}
        else {'taljare': if(kod is null, null, antal), 'namnare': 0, 'okand': 0, 'okant_ord': if(har_okant_ord, antal, null), 'skal': null}
    end)
from marts.deltagarutfall_helt
