-- One row per deltagande: one entry of one person into one insats. A person may enter several times (SUS counts each).
--
-- utesluten says why an entry counts in no measure: a felregistrering, or one that starts after today. It is kept, so that a
-- trace can show it. What lies ahead has not happened: an end after today is none yet, nor what is said of it.
-- Without a stated sysselsättning, or with one stated as unknown or by a word that nobody knows, it is unknown, not false, whether a person works or
-- studies; so is why the deltagande ended.
-- Names of a kommun that fold alike are one, as the first of them is written; one that says that it is not known is okant.
-- alder is the age reached in the year the deltagande starts, okant without a year of birth: a person who enters again some
-- years later may be in another age group.
-- key: insats_id, deltagar_id, startdatum
-- null: slutdatum, utesluten, avslutsorsak, fortsatt_behov, forsorjning_slut, sysselsattning_slut, ar_i_arbete_eller_studier_slut, ar_i_arbete_eller_studier_start, ar_borjat_eller_okat, ar_parter_informerade
-- stored: large
-- bevis: insats_id, 'deltagare' as register, kon, alder, kommun, forsorjning_fore as forsorjning, [kallrad] as kallrader
with hittills as (
    select * replace (
        case when ar_skett then slutdatum end as slutdatum,
        case when ar_skett then avslutsorsak end as avslutsorsak,
        case when ar_skett then fortsatt_behov end as fortsatt_behov,
        case when ar_skett then forsorjning_slut end as forsorjning_slut,
        case when ar_skett then sysselsattning_slut end as sysselsattning_slut,
        case when ar_skett then omfattning_slut end as omfattning_slut,
        case when ar_skett then parter_informerade end as parter_informerade
    )
    from (select *, coalesce(slutdatum <= getvariable('idag'), true) as ar_skett from staging.deltagare)
),
stavad as (
    select insats_id, kommun, min(kommun) over (partition by insats_id, sv_vik(kommun)) as namn
    from (select distinct insats_id, kommun from staging.deltagare)
    where kand_kod(sv_kod(kommun)) is not null
)
select
    deltagare.insats_id,
    deltagare.deltagar_id,
    coalesce(deltagare.kon, 'okant') as kon,
    coalesce(cast(year(deltagare.startdatum) - deltagare.fodelsear as varchar), 'okant') as alder,
    coalesce(stavad.namn, 'okant') as kommun,
    coalesce(case when len(forenliga_koder(deltagare.forsorjning_start)) > 1 then 'flera' else forenliga_koder(deltagare.forsorjning_start)[1] end, 'okant') as forsorjning_fore,
    deltagare.startdatum,
    deltagare.slutdatum,
    case
        when deltagare.startdatum > getvariable('idag') then 'börjar efter dagens datum'
        when deltagare.avslutsorsak = 'felregistrering' then 'felregistrering'
    end as utesluten,
    kand_kod(deltagare.avslutsorsak) as avslutsorsak,
    coalesce(ar_osaker_orsak(kand_kod(deltagare.avslutsorsak)), false) as har_okand_avslutsorsak,
    case when deltagare.fortsatt_behov then 'ja' when not deltagare.fortsatt_behov then 'nej' end as fortsatt_behov,
    array_to_string(forenliga_koder(deltagare.forsorjning_slut), ';') as forsorjning_slut,
    kand_kod(deltagare.sysselsattning_slut) as sysselsattning_slut,
    ar_arbete_eller_studier(kand_kod(deltagare.sysselsattning_slut)) as ar_i_arbete_eller_studier_slut,
    coalesce(ar_okand_sysselsattning(kand_kod(deltagare.sysselsattning_slut)), false) as har_okant_ord,
    ar_arbete_eller_studier(kand_kod(deltagare.sysselsattning_start)) as ar_i_arbete_eller_studier_start,
    coalesce(ar_okand_sysselsattning(kand_kod(deltagare.sysselsattning_start)), false) as har_okant_ord_start,
    -- One who does not work or study after has not begun, whatever was registered before.
    case
        when ar_i_arbete_eller_studier_slut is null then null
        when not ar_i_arbete_eller_studier_slut then false
        when ar_i_arbete_eller_studier_start is null then null
        when not ar_i_arbete_eller_studier_start then true
        else deltagare.omfattning_slut > deltagare.omfattning_start
    end as ar_borjat_eller_okat,
    deltagare.parter_informerade as ar_parter_informerade,
    deltagare.kallrad
from hittills as deltagare
left join stavad on stavad.insats_id = deltagare.insats_id and stavad.kommun = deltagare.kommun
