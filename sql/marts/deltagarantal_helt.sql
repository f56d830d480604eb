-- One row per insats, slag and period of delivered counts: women, men and unknown together.
--
-- Where two rows state one period (clipped to the insats, or of different minst_parter), which of them is meant is not
-- known, and none is given.
-- key: insats_id, slag, fran, till
select
    insats_id,
    slag,
    fran,
    till,
    cast(sum(antal) as bigint) as antal,
    min(kallrad) as kallrad
from marts.deltagarantal
group by insats_id, slag, fran, till
having count(distinct rad_id) = 1
