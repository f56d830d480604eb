-- One row per part and held möte, and one per part and delivered count.
--
-- Numerator: called and present. Denominator: called. A part that came without being called is listed and never counted;
-- one that was not called has not been absent. Share of held möten is another number.
--
-- slag: andel
-- enhet: andel
-- filter: [motestyp]
select
    insats_id,
    part_id,
    'narvaro' as register,
    'handelse' as tid,
    datum,
    motestyp,
    case when ar_kallad and ar_narvarande then 1 else 0 end as taljare,
    case when ar_kallad then 1 else 0 end as namnare,
    case when not ar_kallad then 'inte kallad' end as skal,
    kallrader,
    'narvarande' as kallkolumn
from marts.narvaro
union all by name
select
    insats_id,
    part_id,
    'narvaro' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    narvarande as taljare,
    kallade as namnare,
    [kallrad] as kallrader,
    'narvarande' as kallkolumn
from marts.narvaroantal
