-- One row per ärende and part of the insats.
--
-- Each part is asked of each ärende whether it raised it, so a part that raised none is at 0. All parts together raise
-- every ärende: the whole is no question, and the measure is asked of one part (parameter part) or by group.
--
-- raknas_som: ärenden på hållna möten som parten har tagit upp
-- taljare: ärenden som parten tog upp
-- namnare: ärenden där det är känt vem som tog upp dem
-- utesluter: ärenden på möten som inte hållits; ärenden utan känd initiativtagare (visas som täckningsgrad)
-- kalla: egen definition
-- jamfor_inte_med: arenden, som räknar ärenden och inte andelar
-- slag: andel
-- filter: [motestyp, part]
-- helhet: [part]
select
    arende.insats_id,
    part.part_id,
    part.part_id as part,
    'arende' as register,
    'handelse' as tid,
    arende.datum,
    arende.motestyp,
    cast(arende.kallrader[1] as varchar) as nyckel,
    case
        when not arende.ar_i_hallet_mote then 0
        when arende.part_id is not null then cast(arende.part_id = part.part_id as integer)
    end as taljare,
    cast(arende.kallrader[1] as varchar) as namnarnyckel,
    case when not arende.ar_i_hallet_mote then 0 when arende.part_id is not null then 1 end as namnare,
    case when arende.ar_i_hallet_mote and arende.part_id is null then 1 else 0 end as okand,
    case when not arende.ar_i_hallet_mote then arende.skal when arende.part_id is null then 'okänt vem som tog upp ärendet' end as skal,
    arende.kallrader[1:2] as kallrader,
    'initierad_av' as kallkolumn
from marts.arende as arende
inner join staging.part as part on part.insats_id = arende.insats_id
