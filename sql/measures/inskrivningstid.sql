-- One row per avslutat deltagande.
--
-- raknas_som: dagar från inskrivning till avslut
-- taljare: dagar mellan start och slut
-- namnare: deltaganden som slutar i perioden
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så; deltaganden som pågår, så en
--   ung insats ser kortare ut än den blir
-- kalla: egen definition efter susam.se/finsam/susrapport/standardrapport-deltagare
-- jamfor_inte_med: motestid, och tid i offentlig försörjning
-- slag: kvot
-- enhet: dagar
select
    'handelse' as tid,
    slutdatum as datum,
    case when utesluten is not null then 0 else slutdatum - startdatum end as taljare,
    case when utesluten is not null then 0 else 1 end as namnare,
    utesluten as skal,
    'slutdatum' as kallkolumn
from marts.deltagande
where slutdatum is not null
