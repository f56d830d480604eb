-- One row per insats, dimension (insats, förbund, part, huvudman), id and calendar year: who bore how much of the cost.
--
-- Shares are of the insats's invoices that year. andel_procent is shared out in tenths of a percent by largest remainder,
-- so it sums to exactly 100,0; so is the agreed amount, in öre, so that the deviations of a year sum to 0.
-- Hours that come without amount and förbund belong to nobody in particular: they stand on the insats row only.
with rader as (
    select insats_id, 'insats' as dimension, insats_id as id, ar, fran, till, belopp_ore, timmar, kallrad from marts.faktura_ar
    union all
    select insats_id, 'forbund', coalesce(forbund_id, 'ingen'), ar, fran, till, belopp_ore, timmar, kallrad
    from marts.faktura_ar where belopp_ore is not null or forbund_id is not null
    union all
    select insats_id, 'part', coalesce(part_id, 'ingen'), ar, fran, till, belopp_ore, timmar, kallrad
    from marts.faktura_ar where belopp_ore is not null or forbund_id is not null
    union all
    select insats_id, 'huvudman', coalesce(huvudman, 'ingen'), ar, fran, till, belopp_ore, timmar, kallrad
    from marts.faktura_ar where belopp_ore is not null or forbund_id is not null
),
avtalade as (
    select insats_id, 'forbund' as dimension, forbund_id as id, ar from marts.avtalad_andel
),
helhet as (
    select insats_id, ar, min(fran) as fran, max(till) as till, cast(coalesce(sum(belopp_ore), 0) as bigint) as total_ore
    from marts.faktura_ar group by insats_id, ar
),
summerat as (
    select
        nycklar.insats_id,
        nycklar.dimension,
        nycklar.id,
        nycklar.ar,
        -- hours alone state no amount; a förbund that has agreed to pay and was not invoiced has paid 0
        cast(case when nycklar.ar_avtalad then coalesce(sum(rader.belopp_ore), 0) else sum(rader.belopp_ore) end as bigint) as belopp_ore,
        sum(rader.timmar) as timmar
    from (
        select insats_id, dimension, id, ar, bool_or(ar_avtalad) as ar_avtalad
        from (
            select insats_id, dimension, id, ar, false as ar_avtalad from rader
            union all
            select insats_id, dimension, id, ar, true from avtalade
        )
        group by insats_id, dimension, id, ar
    ) as nycklar
    left join rader
        on rader.insats_id = nycklar.insats_id
        and rader.dimension = nycklar.dimension
        and rader.id = nycklar.id
        and rader.ar = nycklar.ar
    group by nycklar.insats_id, nycklar.dimension, nycklar.id, nycklar.ar, nycklar.ar_avtalad
),
matt as (
    select
        summerat.*,
        helhet.fran,
        helhet.till,
        helhet.total_ore,
        case when helhet.total_ore > 0 then golvdel(cast(summerat.belopp_ore as hugeint) * 1000, helhet.total_ore) end as promille_golv,
        avtal.andel as avtalad_andel,
        -- a förbund that pays without being in the key has agreed to nothing
        case
            when summerat.dimension <> 'forbund' or not exists (
                select 1 from marts.avtalad_andel as nyckel
                where nyckel.insats_id = summerat.insats_id and nyckel.ar = summerat.ar
            ) then null
            else coalesce(cast(avtal.delar * 10000000000 as hugeint), 0)
        end as delar,
        cast(avtal.summa * 10000000000 as hugeint) as delar_summa
    from summerat
    inner join helhet on helhet.insats_id = summerat.insats_id and helhet.ar = summerat.ar
    left join marts.avtalad_andel as avtal
        on summerat.dimension = 'forbund'
        and avtal.insats_id = summerat.insats_id
        and avtal.ar = summerat.ar
        and avtal.forbund_id = summerat.id
),
golv as (
    select *, case when delar = 0 then 0 else golvdel(cast(total_ore as hugeint) * delar, delar_summa) end as avtal_golv
    from matt
),
rang as (
    select
        *,
        row_number() over (
            partition by insats_id, dimension, ar
            order by cast(belopp_ore as hugeint) * 1000 - promille_golv * total_ore desc, id
        ) as promille_rang,
        1000 - sum(promille_golv) over (partition by insats_id, dimension, ar) as promille_rest,
        row_number() over (
            partition by insats_id, dimension, ar
            order by case when delar > 0 then cast(total_ore as hugeint) * delar - avtal_golv * delar_summa else -1 end desc, id
        ) as avtal_rang,
        total_ore - sum(avtal_golv) over (partition by insats_id, dimension, ar) as avtal_rest
    from golv
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
    case when total_ore > 0 then (promille_golv + case when promille_rang <= promille_rest then 1 else 0 end) / 10 end as andel_procent,
    case when delar is not null then coalesce(avtalad_andel, 0) end as avtalad_andel,
    case
        when delar is not null
            then cast(belopp_ore - avtal_golv - case when avtal_rang <= avtal_rest then 1 else 0 end as bigint)
    end as avvikelse_ore,
    timmar,
    case when timmar > 0 then cast(belopp_ore as double) / 100 / timmar end as kr_per_timme
from rang
