-- One row per insats, part and möte the part has a närvaro row for.
--
-- Called and held are two denominators: a part called to every second möte can be at 100 % of the one and 50 % of the
-- other. Both are kept. A möte that was not held is kept too, with why it does not count.
-- key: insats_id, mote_id, part_id
-- null: skal
-- stored: large
select
    narvaro.insats_id,
    narvaro.mote_id,
    narvaro.part_id,
    mote.datum,
    mote.motestyp,
    mote.ar_hallet,
    mote.ar_okant,
    mote.skal,
    narvaro.kallad as ar_kallad,
    narvaro.narvarande as ar_narvarande,
    [narvaro.kallrad, mote.kallrader[1]] as kallrader
from staging.narvaro as narvaro
inner join marts.mote as mote using (insats_id, mote_id)
