-- One row per part and held möte the part is said not to have been called to.
--
-- Listed and never counted: one that was not called has not been absent. narvarande: it came all the same.
-- A part that the list of a möte leaves out is not here: nobody has said whether it was called.
select
    insats_id,
    part_id,
    mote_id,
    datum,
    motestyp,
    ar_narvarande as narvarande
from marts.narvaro
where ar_hallet and not ar_kallad
