-- One row per förbund, dimension (förbund, insats, part, huvudman), id and calendar year, and one over all years (ar null): what all
-- its insatser cost it.
--
-- A part belongs to its insats, so its id is insats/part. Shares are of what the förbund was invoiced; the deviation from
-- the agreed key is each insats's own, summed where every insats that was invoiced has a key, and held to what those
-- insatser cost all förbund. Medel are what was granted for the year, with additions, less what was returned; over all years
-- also what was granted for a whole insats without a year.
-- A förbund whose sum is too large to be shown to the öre has no rows: its insatser still have theirs.
with osaker as (
    select forbund_id from marts.faktura_ar
    where forbund_id is not null
    group by forbund_id having not ar_visbar(sum(abs(cast(belopp_ore as hugeint))))
),
insatser as (
    select
        andel.id as forbund_id,
        andel.insats_id,
        andel.ar,
        andel.fran,
        andel.till,
        andel.belopp_ore,
        andel.avvikelse_ore,
        cast(andel.timmar as decimal(28, 6)) as timmar,
        helhet.belopp_ore as insatskostnad_ore,
        medel.medel_ore
    from results.kostnadsandel_ar as andel
    inner join results.kostnadsandel_ar as helhet
        on helhet.dimension = 'insats' and helhet.insats_id = andel.insats_id and helhet.ar = andel.ar
    left join marts.medel as medel
        on medel.insats_id = andel.insats_id and medel.forbund_id = andel.id and medel.ar = andel.ar
    where andel.dimension = 'forbund' and andel.id not in (select forbund_id from osaker)
),
parter as (
    select
        forbund_id,
        case when part_id is null then 'ingen' else insats_id || '/' || part_id end as part,
        coalesce(huvudman, 'ingen') as huvudman,
        ar,
        fran,
        till,
        belopp_ore,
        timmar
    from marts.faktura_ar
    where forbund_id is not null and forbund_id not in (select forbund_id from osaker)
),
per_ar as (
    select
        forbund_id,
        'forbund' as dimension,
        forbund_id as id,
        ar,
        min(fran) as fran,
        max(till) as till,
        sum(belopp_ore) as belopp_ore,
        case when bool_and(avvikelse_ore is not null) then sum(avvikelse_ore) end as avvikelse_ore,
        sum(insatskostnad_ore) as insatskostnad_ore,
        sum(medel_ore) as medel_ore,
        sum(timmar) as timmar
    from insatser group by forbund_id, ar
    union all
    select
        forbund_id, 'insats', insats_id, ar, fran, till, belopp_ore, avvikelse_ore, insatskostnad_ore, medel_ore, timmar
    from insatser
    union all
    select forbund_id, 'part', part, ar, min(fran), max(till), sum(belopp_ore), null, null, null, sum(timmar)
    from parter group by forbund_id, part, ar
    union all
    select forbund_id, 'huvudman', huvudman, ar, min(fran), max(till), sum(belopp_ore), null, null, null, sum(timmar)
    from parter group by forbund_id, huvudman, ar
),
insatsmedel as (
    select kostnad.forbund_id, kostnad.insats_id, sum(medel.medel_ore) as medel_ore
    from (select distinct forbund_id, insats_id from insatser) as kostnad
    inner join marts.medel as medel on medel.forbund_id = kostnad.forbund_id and medel.insats_id = kostnad.insats_id
    group by kostnad.forbund_id, kostnad.insats_id
),
medel as (
    select forbund_id, 'insats' as dimension, insats_id as id, medel_ore from insatsmedel
    union all
    select forbund_id, 'forbund', forbund_id, sum(medel_ore) from insatsmedel group by forbund_id
),
summerat as (
    select forbund_id, dimension, id, ar, fran, till, belopp_ore, avvikelse_ore, insatskostnad_ore, medel_ore, timmar
    from per_ar
    union all
    select
        per_ar.forbund_id,
        per_ar.dimension,
        per_ar.id,
        null,
        min(per_ar.fran),
        max(per_ar.till),
        sum(per_ar.belopp_ore),
        case when bool_and(per_ar.avvikelse_ore is not null) then sum(per_ar.avvikelse_ore) end,
        sum(per_ar.insatskostnad_ore),
        any_value(medel.medel_ore),
        sum(per_ar.timmar)
    from per_ar
    left join medel using (forbund_id, dimension, id)
    group by per_ar.forbund_id, per_ar.dimension, per_ar.id
),
delat as (
    select summerat.*, case when helhet.belopp_ore > 0 then helhet.belopp_ore end as total_ore
    from summerat
    inner join summerat as helhet
        on helhet.dimension = 'forbund' and helhet.forbund_id = summerat.forbund_id and helhet.ar is not distinct from summerat.ar
)
select
    forbund_id,
    dimension,
    id,
    ar,
    fran,
    till,
    cast(belopp_ore as bigint) as belopp_ore,
    cast(belopp_ore as double) / total_ore as andel,
    storsta_rest(1000, belopp_ore, total_ore, row(forbund_id, dimension, ar), id) / 10 as andel_procent,
    cast(insatskostnad_ore as bigint) as insatskostnad_ore,
    cast(avvikelse_ore as bigint) as avvikelse_ore,
    case when insatskostnad_ore > 0 then cast(avvikelse_ore as double) * 100 / insatskostnad_ore end as avvikelse_procentenheter,
    cast(medel_ore as bigint) as medel_ore,
    timmar,
    case when timmar > 0 then cast(belopp_ore as double) / 100 / timmar end as kr_per_timme
from delat
