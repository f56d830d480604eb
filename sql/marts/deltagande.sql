-- One row per deltagande: one entry of one person into one insats. A person may enter several times (SUS counts each).
--
-- Felregistrering is kept and flagged, so that a trace can show why it does not count; no measure counts it.
-- Without a stated sysselsättning, or with one stated as unknown, it is unknown, not false, whether a person works or
-- studies; so is why the deltagande ended.
-- alder is the age reached in the year the deltagande starts, okant without a year of birth: a person who enters again some
-- years later may be in another age group.
-- key: insats_id, deltagar_id, startdatum
-- null: slutdatum, avslutsorsak, ar_i_arbete_eller_studier_slut, ar_i_arbete_eller_studier_start, omfattning_start, omfattning_slut, ar_parter_informerade
-- stored: large
select
    deltagare.insats_id,
    deltagare.deltagar_id,
    coalesce(deltagare.kon, 'okant') as kon,
    coalesce(cast(year(deltagare.startdatum) - deltagare.fodelsear as varchar), 'okant') as alder,
    coalesce(deltagare.kommun, 'okant') as kommun,
    deltagare.startdatum,
    deltagare.slutdatum,
    coalesce(deltagare.avslutsorsak = 'felregistrering', false) as ar_felregistrerad,
    kand_kod(deltagare.avslutsorsak) as avslutsorsak,
    ar_arbete_eller_studier(kand_kod(deltagare.sysselsattning_slut)) as ar_i_arbete_eller_studier_slut,
    coalesce(ar_okand_sysselsattning(kand_kod(deltagare.sysselsattning_slut)), false) as har_okant_ord,
    ar_arbete_eller_studier(kand_kod(deltagare.sysselsattning_start)) as ar_i_arbete_eller_studier_start,
    deltagare.omfattning_start,
    deltagare.omfattning_slut,
    deltagare.parter_informerade as ar_parter_informerade,
    deltagare.kallrad
from staging.deltagare as deltagare
