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
rader as (
    select
        * exclude (insats_id),
        unnest([{'dimension': 'forbund', 'id': forbund_id}, {'dimension': 'insats', 'id': insats_id}], max_depth := 2)
    from insatser
    union all by name
    select
        forbund_id,
        ar,
        fran,
        till,
        belopp_ore,
        timmar,
        unnest([
            {'dimension': 'part', 'id': coalesce(insats_id || '/' || part_id, 'ingen')},
            {'dimension': 'huvudman', 'id': coalesce(huvudman, 'ingen')}
        ], max_depth := 2)
    from marts.faktura_ar
    where forbund_id is not null and forbund_id not in (select forbund_id from osaker)
),
insatsmedel as (
    select forbund_id, insats_id, sum(medel_ore) as medel_ore
    from marts.medel where (forbund_id, insats_id) in (select (forbund_id, insats_id) from insatser)
    group by forbund_id, insats_id
),
medel as (
    select forbund_id, 'insats' as dimension, insats_id as id, medel_ore from insatsmedel
    union all
    select forbund_id, 'forbund', forbund_id, sum(medel_ore) from insatsmedel group by forbund_id
),
summerat as (
    select
        rader.forbund_id,
        rader.dimension,
        rader.id,
        rader.ar,
        min(rader.fran) as fran,
        max(rader.till) as till,
        sum(rader.belopp_ore) as belopp_ore,
        case when bool_and(rader.avvikelse_ore is not null) then sum(rader.avvikelse_ore) end as avvikelse_ore,
        sum(rader.insatskostnad_ore) as insatskostnad_ore,
        case when grouping(rader.ar) = 1 then any_value(medel.medel_ore) else sum(rader.medel_ore) end as medel_ore,
        sum(rader.timmar) as timmar
    from rader
    left join medel using (forbund_id, dimension, id)
    group by grouping sets ((rader.forbund_id, rader.dimension, rader.id, rader.ar), (rader.forbund_id, rader.dimension, rader.id))
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
