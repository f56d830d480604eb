-- One row per insats, dimension (insats, förbund, part, huvudman), id and calendar year: who bore how much of the cost.
--
-- Shares are of the insats's invoices that year. andel_procent is shared out in tenths of a percent by largest remainder,
-- so it sums to exactly 100,0; so is the agreed amount, in öre, so that the deviations of a year sum to 0. In percentage
-- points the same deviation is held to the year's invoices.
-- Hours that come without amount and förbund belong to nobody in particular: they stand on the insats row only.
with fordelade as (
    select insats_id, forbund_id, part_id, huvudman, ar, belopp_ore, timmar
    from marts.faktura_ar where belopp_ore is not null or forbund_id is not null
),
rader as (
    select insats_id, 'insats' as dimension, insats_id as id, ar, belopp_ore, timmar from marts.faktura_ar
    union all select insats_id, 'forbund', coalesce(forbund_id, 'ingen'), ar, belopp_ore, timmar from fordelade
    union all select insats_id, 'part', coalesce(part_id, 'ingen'), ar, belopp_ore, timmar from fordelade
    union all select insats_id, 'huvudman', coalesce(huvudman, 'ingen'), ar, belopp_ore, timmar from fordelade
    -- hours alone state no amount; a förbund that has agreed to pay and was not invoiced has paid 0
    union all select insats_id, 'forbund', forbund_id, ar, 0, null from marts.avtalad_andel
),
helhet as (
    select insats_id, ar, min(fran) as fran, max(till) as till, cast(coalesce(sum(belopp_ore), 0) as bigint) as total_ore
    from marts.faktura_ar group by insats_id, ar
),
nyckel as (
    select insats_id, ar, any_value(cast(summa * 10000000000 as hugeint)) as delar_summa from marts.avtalad_andel group by insats_id, ar
),
summerat as (
    select insats_id, dimension, id, ar, cast(sum(belopp_ore) as bigint) as belopp_ore, sum(timmar) as timmar
    from rader group by insats_id, dimension, id, ar
),
matt as (
    select
        summerat.*,
        helhet.fran,
        helhet.till,
        helhet.total_ore,
        -- a förbund that pays without being in the key has agreed to nothing
        case when nyckel.delar_summa is not null then coalesce(avtal.andel, 0) end as avtalad_andel,
        case when nyckel.delar_summa is not null then coalesce(cast(avtal.delar * 10000000000 as hugeint), 0) end as delar,
        nyckel.delar_summa
    from summerat
    inner join helhet on helhet.insats_id = summerat.insats_id and helhet.ar = summerat.ar
    left join nyckel
        on summerat.dimension = 'forbund'
        and nyckel.insats_id = summerat.insats_id
        and nyckel.ar = summerat.ar
    left join marts.avtalad_andel as avtal
        on summerat.dimension = 'forbund'
        and avtal.insats_id = summerat.insats_id
        and avtal.ar = summerat.ar
        and avtal.forbund_id = summerat.id
),
delat as (
    select
        *,
        storsta_rest(1000, belopp_ore, case when total_ore > 0 then total_ore end, row(insats_id, dimension, ar), id) as promille,
        belopp_ore - storsta_rest(total_ore, delar, delar_summa, row(insats_id, dimension, ar), id) as avvikelse_ore
    from matt
)
select
    insats_id,
    dimension,
    id,
    ar,
    fran,
    till,
    belopp_ore,
    case when total_ore > 0 then belopp_ore / total_ore end as andel,
    promille / 10 as andel_procent,
    avtalad_andel,
    cast(avvikelse_ore as bigint) as avvikelse_ore,
    timmar,
    case when timmar > 0 then cast(belopp_ore as double) / 100 / timmar end as kr_per_timme,
    case when total_ore > 0 then cast(avvikelse_ore * 100 as double) / total_ore end as avvikelse_procentenheter,
    0 as ofullstandig
from delat
