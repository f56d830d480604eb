-- One row per delivered answer and its number.
--
-- Numerator: the given answer to the given question. Denominator: all answers to it. The wording of NNS indicators must
-- not be changed, or answers cannot be compared (doman.md S38).
--
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
