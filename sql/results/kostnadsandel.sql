-- One row per insats, dimension (insats, förbund, part, huvudman), id and calendar year, and one over all years (ar null): who bore
-- how much of the cost.
--
-- Shares are of the insats's invoices that year, or of all. andel_procent is shared out in tenths of a percent by largest
-- remainder, so it sums to exactly 100,0; so is the agreed amount of a year, in öre, so that its deviations sum to 0. In
-- percentage points the same deviation is held to what was invoiced.
-- A key that changes holds for its own years: what deviates from it is summed. Where a year with invoices has no key, nothing is
-- said of the whole.
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
nyckel as (
    select insats_id, ar, any_value(cast(summa * 10000000000 as hugeint)) as delar_summa from marts.avtalad_andel group by insats_id, ar
),
helhet as (
    select
        faktura.insats_id,
        faktura.ar,
        min(faktura.fran) as fran,
        max(faktura.till) as till,
        cast(coalesce(sum(faktura.belopp_ore), 0) as bigint) as total_ore,
        any_value(nyckel.delar_summa) as delar_summa
    from marts.faktura_ar as faktura
    left join nyckel on nyckel.insats_id = faktura.insats_id and nyckel.ar = faktura.ar
    group by faktura.insats_id, faktura.ar
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
        case when summerat.dimension = 'forbund' and helhet.delar_summa is not null then coalesce(avtal.andel, 0) end as avtalad_andel,
        case when summerat.dimension = 'forbund' and helhet.delar_summa is not null then coalesce(cast(avtal.delar * 10000000000 as hugeint), 0) end as delar,
        helhet.delar_summa
    from summerat
    inner join helhet on helhet.insats_id = summerat.insats_id and helhet.ar = summerat.ar
    left join marts.avtalad_andel as avtal
        on summerat.dimension = 'forbund'
        and avtal.insats_id = summerat.insats_id
        and avtal.ar = summerat.ar
        and avtal.forbund_id = summerat.id
),
per_ar as (
    select
        insats_id, dimension, id, ar, fran, till, total_ore, belopp_ore, timmar, avtalad_andel,
        belopp_ore - storsta_rest(total_ore, delar, delar_summa, row(insats_id, dimension, ar), id) as avvikelse_ore
    from matt
),
alla_ar as (
    select
        insats_id, min(fran) as fran, max(till) as till, cast(sum(total_ore) as bigint) as total_ore,
        count(*) as antal_ar, bool_and(delar_summa is not null) as har_nyckel
    from helhet group by insats_id
),
matta as (
    select * from per_ar
    union all
    select
        per_ar.insats_id, per_ar.dimension, per_ar.id, null, alla_ar.fran, alla_ar.till, alla_ar.total_ore,
        cast(sum(per_ar.belopp_ore) as bigint),
        sum(cast(per_ar.timmar as decimal(28, 6))),
        case
            when not alla_ar.har_nyckel then null
            when count(distinct per_ar.avtalad_andel) = 1 and count(*) = alla_ar.antal_ar then any_value(per_ar.avtalad_andel)
            when alla_ar.total_ore > 0 then cast(sum(per_ar.belopp_ore) - sum(per_ar.avvikelse_ore) as double) / alla_ar.total_ore
        end,
        case when alla_ar.har_nyckel then sum(per_ar.avvikelse_ore) end
    from per_ar
    inner join alla_ar on alla_ar.insats_id = per_ar.insats_id
    group by per_ar.insats_id, per_ar.dimension, per_ar.id, alla_ar.fran, alla_ar.till, alla_ar.total_ore, alla_ar.har_nyckel, alla_ar.antal_ar
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
    storsta_rest(1000, belopp_ore, case when total_ore > 0 then total_ore end, row(insats_id, dimension, ar), id) / 10 as andel_procent,
    avtalad_andel,
    cast(avvikelse_ore as bigint) as avvikelse_ore,
    timmar,
    case when timmar > 0 then cast(belopp_ore as double) / 100 / timmar end as kr_per_timme,
    case when total_ore > 0 then cast(avvikelse_ore as double) * 100 / total_ore end as avvikelse_procentenheter,
    0 as ofullstandig
from matta
