-- One row per delivered answer and its number, and one per question that some did not answer.
--
-- How many did not answer is known only when every survey that put the question says how many it was sent to.
--
-- raknas_som: ett visst svar på en viss fråga
-- taljare: svar av det angivna slaget
-- namnare: alla svar på frågan
-- utesluter: de som inte svarat (visas som täckningsgrad där antalet utskick är känt)
-- kalla: finsammittskane.se/hur-marker-vi-att-det-blir-battre/ och
--   nnsfinsam.se/utveckling/indikatorer.aspx
-- jamfor_inte_med: samma fråga med ändrad lydelse, och enkäter utan svarsfrekvens
-- slag: andel
-- filter: [enkat_id, grupp, fraga]
-- raknas: [svar]
-- kravs: [fraga, svar]
select
    insats_id,
    'enkat' as register,
    case when ar_daterad then 'aggregat' else 'odaterad' end as tid,
    true as ar_summerbar,
    fran,
    till,
    enkat_id,
    grupp,
    fraga,
    [svar] as svar,
    antal as taljare,
    antal as namnare,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.enkat
union all by name
select
    enkat_id,
    grupp,
    fraga,
    utskick - svar as okand,
    'svarade inte' as skal,
    'utskick' as kallkolumn
from marts.enkatfraga
qualify utskick > svar and bool_and(utskick is not null) over (partition by insats_id, fraga)
