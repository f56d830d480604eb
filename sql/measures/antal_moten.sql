-- One row per möte, and one per delivered count of held möten.
--
-- A goal that an unknown möte could decide is not judged. A count may have decimals: half a planning day is half a möte.
--
-- raknas_som: möten som har hållits inom insatsens tid
-- utesluter: planerade och inställda möten, och möten utanför insatsens tid; ett passerat möte som ännu står som
--   planerat är okänt
-- kalla: egen definition
-- jamfor_inte_med: planerat antal möten
-- slag: summa
-- enhet: antal
-- filter: [motestyp]
select
    motestyp,
    case when ar_hallet then 1 else 0 end as taljare,
    case when ar_okant then 1 else 0 end as okand,
    skal
from marts.mote
union all by name
select
    insats_id,
    'mote' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    motestyp,
    antal as taljare,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.moteantal
where status = 'genomfort'
