-- One row per delivered answer and its number.
--
-- Numerator: the given answer to the given question. Denominator: all answers to it. The wording of NNS indicators must
-- not be changed, or answers cannot be compared (doman.md S38).
--
-- raknas_som: ett visst svar på en viss fråga
-- taljare: svar av det angivna slaget
-- namnare: alla svar på frågan
-- utesluter: de som inte svarat: se svarsfrekvens
-- kalla: https://www.finsammittskane.se/hur-marker-vi-att-det-blir-battre/ (doman.md S38) och
--   https://www.nnsfinsam.se/utveckling/indikatorer.aspx (doman.md S39)
-- jamfor_inte_med: samma fråga med ändrad lydelse, och enkäter utan svarsfrekvens
-- slag: andel
-- enhet: andel
-- filter: [enkat_id, fraga]
-- raknas: [svar]
-- kravs: [fraga, svar]
-- personer: true
select
    insats_id,
    'enkat' as register,
    case when ar_daterad then 'aggregat' else 'odaterad' end as tid,
    true as ar_summerbar,
    fran,
    till,
    enkat_id,
    fraga,
    svar,
    antal as taljare,
    antal as namnare,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.enkat
