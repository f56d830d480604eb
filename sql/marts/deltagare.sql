-- One row per row of deltagare that has happened: what it says of the person, each variable with the words that it states.
--
-- The words are as delivered, folded; of a variable that is not stated there is null. A person without public support has
-- no other: where both are stated, neither is known.
-- key: rad_id
-- null: slutdatum, utesluten
-- stored: view
select
    deltagare.rowid as rad_id,
    deltagare.insats_id,
    deltagare.kallrad,
    deltagande.kon,
    deltagande.startdatum,
    deltagande.slutdatum,
    deltagande.utesluten,
    map {
        'kon': [nullif(deltagande.kon, 'okant')],
        'alder': [nullif(deltagande.alder, 'okant')],
        'kommun': [nullif(deltagande.kommun, 'okant')],
        'dagar': [cast(deltagande.slutdatum - deltagande.startdatum as varchar)],
        'utbildning': [kand_kod(deltagare.utbildning)],
        'remitterande': [kand_kod(deltagare.remitterande)],
        'tid_i_forsorjning': [case when kand_kod(sv_kod(deltagare.tid_i_forsorjning)) is not null then deltagare.tid_i_forsorjning end],
        'avslutsorsak': [deltagande.avslutsorsak],
        'fortsatt_behov': [case when deltagare.fortsatt_behov then 'ja' when not deltagare.fortsatt_behov then 'nej' end],
        'sysselsattning_start': kanda_koder(deltagare.sysselsattning_start),
        'sysselsattning_slut': kanda_koder(deltagare.sysselsattning_slut),
        'arbete_eller_studier_start': [case when deltagande.ar_i_arbete_eller_studier_start then 'ja' when not deltagande.ar_i_arbete_eller_studier_start then 'nej' end],
        'arbete_eller_studier_slut': [case when deltagande.ar_i_arbete_eller_studier_slut then 'ja' when not deltagande.ar_i_arbete_eller_studier_slut then 'nej' end],
        'arbetar_eller_studerar': [case when deltagande.ar_i_arbete_eller_studier_slut then 'arbetar_eller_studerar' end],
        'borjat_eller_okat': [case when deltagande.ar_borjat_eller_okat then 'borjat_eller_okat' when not deltagande.ar_borjat_eller_okat then 'inte_okat' end],
        'forsorjning_start': forenliga_koder(deltagare.forsorjning_start),
        'forsorjning_slut': forenliga_koder(deltagare.forsorjning_slut)
    } as varden
from staging.deltagare as deltagare
inner join marts.deltagande as deltagande using (insats_id, deltagar_id, startdatum)
