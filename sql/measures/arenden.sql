-- One row per ärende.
--
-- part_id is the part that raised it, so that a goal by part gives each part's ärenden; one that nobody is said to have
-- raised is in the whole and in no part.
--
-- raknas_som: ärenden på hållna möten; en person som tas upp på tre möten är tre ärenden
-- utesluter: ärenden på möten som inte hållits; på ett passerat möte som ännu står som planerat är de okända
-- kalla: egen definition
-- jamfor_inte_med: individer_i_samverkansmote, som räknar personer
-- slag: summa
-- enhet: antal
-- filter: [motestyp]
select
    part_id,
    motestyp,
    case when ar_i_hallet_mote then 1 else 0 end as taljare,
    case when ar_okant then 1 else 0 end as okand,
    skal
from marts.arende
