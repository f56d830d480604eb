-- One row per part and möte of its insats.
--
-- A part that a möte's närvaro list leaves out was not there. The row says when its part was not called.
--
-- raknas_som: hållna möten där parten var närvarande, kallad eller inte
-- taljare: närvarande
-- namnare: hållna möten med närvarolista
-- utesluter: möten som inte hållits; hållna möten utan närvarolista (visas som täckningsgrad)
-- kalla: egen definition; ingen offentlig definition finns
-- jamfor_inte_med: narvaroandel, som bara har kallade möten i nämnaren
-- slag: andel
-- beror: [mote, narvaro]
-- filter: [motestyp]
select
    mote.insats_id,
    part.part_id,
    'narvaro' as register,
    'handelse' as tid,
    mote.datum,
    mote.motestyp,
    case when not mote.ar_hallet then 0 when mote.har_narvaro then cast(coalesce(narvaro.ar_narvarande, false) as integer) end as taljare,
    case when not mote.ar_hallet then 0 when mote.har_narvaro then 1 end as namnare,
    case when mote.ar_hallet and not mote.har_narvaro then 1 else 0 end as okand,
    case
        when not mote.ar_hallet then mote.skal
        when not mote.har_narvaro then 'närvarolista saknas'
        when narvaro.ar_kallad is null then 'står inte i närvarolistan'
        when not narvaro.ar_kallad then 'inte kallad'
    end as skal,
    coalesce(narvaro.kallrader, mote.kallrader[1:1]) as kallrader,
    'narvarande' as kallkolumn
from marts.mote as mote
inner join staging.part as part using (insats_id)
left join marts.narvaro as narvaro using (insats_id, mote_id, part_id)
