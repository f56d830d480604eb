-- Two rows per deltagande: one for its time in the insats, one for its end.
--
-- Numerator: entries that end in the period. Denominator: entries that overlap it.
-- Source: samordningsforbund.se/umearegionen-social-redovisning (doman.md S40).
--
-- slag: andel
-- enhet: andel
-- personer: true
select
    insats_id,
    'deltagare' as register,
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    kon,
    0 as taljare,
    case when ar_felregistrerad then 0 else 1 end as namnare,
    case when ar_felregistrerad then 'felregistrering' end as skal,
    [kallrad] as kallrader,
    'startdatum' as kallkolumn
from marts.deltagande
union all by name
select
    insats_id,
    'deltagare' as register,
    'handelse' as tid,
    slutdatum as datum,
    kon,
    1 as taljare,
    0 as namnare,
    [kallrad] as kallrader,
    'slutdatum' as kallkolumn
from marts.deltagande
where slutdatum is not null and not ar_felregistrerad
