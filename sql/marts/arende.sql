-- One row per ärende: a person raised at a möte, with what is known of that möte.
--
-- part_id is the part that raised it. The person need not be among the delivered deltagare.
-- key: insats_id, mote_id, deltagar_id
-- null: part_id, kon, skal
-- stored: large
-- bevis: insats_id, 'arende' as register, 'handelse' as tid, datum, kon, kallrader[1:2] as kallrader, 'deltagar_id' as kallkolumn
select
    arende.insats_id,
    arende.mote_id,
    arende.deltagar_id,
    arende.initierad_av as part_id,
    arende.kon,
    mote.datum,
    mote.motestyp,
    mote.antal_parter,
    mote.har_narvaro,
    mote.ar_hallet as ar_i_hallet_mote,
    mote.ar_okant,
    mote.skal,
    list_concat([arende.kallrad], mote.kallrader) as kallrader
from staging.arende as arende
inner join marts.mote as mote using (insats_id, mote_id)
