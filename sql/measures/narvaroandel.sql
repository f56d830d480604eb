-- One row per part and möte on its närvaro list, and one per part and delivered count.
--
-- A part that was not called has not been absent.
--
-- raknas_som: möten som parten kallades till och var närvarande på
-- taljare: kallad och närvarande
-- namnare: kallad
-- utesluter: möten som inte hållits; möten som parten inte kallades till: de visas men räknas inte; passerade möten som
--   ännu står som planerade (visas som täckningsgrad)
-- kalla: egen definition: Tierps mål om 85 % av kallade möten; ingen offentlig definition finns
-- jamfor_inte_med: narvaroandel_hallna, som har alla hållna möten i nämnaren
-- slag: andel
-- filter: [motestyp]
select
    insats_id,
    part_id,
    'narvaro' as register,
    'handelse' as tid,
    datum,
    motestyp,
    case when ar_hallet and ar_kallad and ar_narvarande then 1 else 0 end as taljare,
    case when ar_hallet and ar_kallad then 1 else 0 end as namnare,
    case when ar_okant and ar_kallad then 1 else 0 end as okand,
    case when not ar_hallet then skal when not ar_kallad then 'inte kallad' end as skal,
    kallrader,
    'narvarande' as kallkolumn
from marts.narvaro
union all by name
select
    insats_id,
    part_id,
    'narvaro' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    narvarande as taljare,
    kallade as namnare,
    [kallrad] as kallrader,
    'narvarande' as kallkolumn
from marts.narvaroantal
