-- One row per möte.
--
-- raknas_som: parter som var närvarande på hållna möten, kallade eller inte
-- taljare: närvarande parter, summerade över mötena
-- namnare: hållna möten med närvarolista
-- utesluter: möten som inte hållits; hållna möten utan närvarolista (visas som täckningsgrad)
-- kalla: egen definition
-- jamfor_inte_med: narvaroandel, som räknar av kallade
-- slag: kvot
-- enhet: parter/möte
-- beror: [narvaro]
-- filter: [motestyp]
select
    motestyp,
    case when not ar_hallet then 0 when har_narvaro then antal_parter end as taljare,
    case when not ar_hallet then 0 when har_narvaro then 1 end as namnare,
    case when ar_hallet and not har_narvaro then 1 else 0 end as okand,
    case when not ar_hallet then skal when not har_narvaro then 'närvarolista saknas' end as skal,
    kallrader
from marts.mote
