-- One row per förbund, dimension (förbund, insats, part, huvudman) and id, over all years: what all its insatser cost it.
--
-- The years of forbundskostnad_ar added up, so the two agree to the öre. A deviation from agreed keys is told where every
-- year has one. Medel also count what was granted for a whole insats without a year.
with summerat as (
    select
        forbund_id,
        dimension,
        id,
        min(fran) as fran,
        max(till) as till,
        sum(belopp_ore) as belopp_ore,
        sum(insatskostnad_ore) as insatskostnad_ore,
        case when bool_and(avvikelse_ore is not null) then sum(avvikelse_ore) end as avvikelse_ore,
        sum(timmar) as timmar
    from results.forbundskostnad_ar
    group by forbund_id, dimension, id
),
insatsmedel as (
    select summerat.forbund_id, summerat.id, sum(medel.medel_ore) as medel_ore
    from summerat
    inner join marts.medel as medel on medel.forbund_id = summerat.forbund_id and medel.insats_id = summerat.id
    where summerat.dimension = 'insats'
    group by summerat.forbund_id, summerat.id
),
medel as (
    select forbund_id, 'insats' as dimension, id, medel_ore from insatsmedel
    union all
    select forbund_id, 'forbund', forbund_id, sum(medel_ore) from insatsmedel group by forbund_id
),
delat as (
    select summerat.*, medel.medel_ore, case when helhet.belopp_ore > 0 then helhet.belopp_ore end as total_ore
    from summerat
    inner join summerat as helhet on helhet.dimension = 'forbund' and helhet.forbund_id = summerat.forbund_id
    left join medel
        on medel.forbund_id = summerat.forbund_id
        and medel.dimension = summerat.dimension
        and medel.id = summerat.id
)
select
    forbund_id,
    dimension,
    id,
    fran,
    till,
    cast(belopp_ore as bigint) as belopp_ore,
    cast(belopp_ore as double) / total_ore as andel,
    storsta_rest(1000, belopp_ore, total_ore, row(forbund_id, dimension), id) / 10 as andel_procent,
    cast(insatskostnad_ore as bigint) as insatskostnad_ore,
    cast(avvikelse_ore as bigint) as avvikelse_ore,
    case when insatskostnad_ore > 0 then cast(avvikelse_ore as double) * 100 / insatskostnad_ore end as avvikelse_procentenheter,
    cast(medel_ore as bigint) as medel_ore,
    timmar,
    case when timmar > 0 then cast(belopp_ore as double) / 100 / timmar end as kr_per_timme
from delat
