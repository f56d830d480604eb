-- One row per insats, dimension (insats, förbund, part, huvudman) and id, over all that was invoiced.
--
-- The agreed share is applied to each year's invoices and summed, so a key that changes holds for its own years;
-- where a year with invoices has no key, nothing is said of the whole. andel_procent sums to exactly 100,0.
with helhet as (
    select
        insats_id,
        min(fran) as fran,
        max(till) as till,
        cast(coalesce(sum(belopp_ore), 0) as bigint) as total_ore
    from marts.faktura group by insats_id
),
ar_totalt as (
    select insats_id, ar, belopp_ore as total_ore from results.kostnadsandel_ar where dimension = 'insats'
),
ar_utan_nyckel as (
    select insats_id, count(*) as antal
    from ar_totalt
    where not exists (
        select 1 from marts.avtalad_andel as nyckel
        where nyckel.insats_id = ar_totalt.insats_id and nyckel.ar = ar_totalt.ar
    )
    group by insats_id
),
rader as (
    select * from marts.faktura where belopp_ore is not null or forbund_id is not null
),
timmar as (
    select insats_id, dimension, id, sum(timmar) as timmar
    from (
        select insats_id, 'insats' as dimension, insats_id as id, timmar from marts.faktura
        union all select insats_id, 'forbund', coalesce(forbund_id, 'ingen'), timmar from rader
        union all select insats_id, 'part', coalesce(part_id, 'ingen'), timmar from rader
        union all select insats_id, 'huvudman', coalesce(huvudman, 'ingen'), timmar from rader
    )
    group by insats_id, dimension, id
),
summerat as (
    select
        ar.insats_id,
        ar.dimension,
        ar.id,
        cast(sum(ar.belopp_ore) as bigint) as belopp_ore,
        count(distinct ar.avtalad_andel) as antal_nycklar,
        count(*) as antal_ar,
        any_value(ar.avtalad_andel) as en_nyckel,
        cast(sum(ar.avvikelse_ore) as bigint) as avvikelse_ore
    from results.kostnadsandel_ar as ar
    group by ar.insats_id, ar.dimension, ar.id
),
golv as (
    select
        summerat.*,
        helhet.fran,
        helhet.till,
        helhet.total_ore,
        (select count(*) from ar_totalt where ar_totalt.insats_id = summerat.insats_id) as alla_ar,
        ar_utan_nyckel.antal is null and summerat.dimension = 'forbund' as har_nyckel,
        case when helhet.total_ore > 0 then golvdel(cast(summerat.belopp_ore as hugeint) * 1000, helhet.total_ore) end as promille_golv
    from summerat
    inner join helhet on helhet.insats_id = summerat.insats_id
    left join ar_utan_nyckel on ar_utan_nyckel.insats_id = summerat.insats_id
),
rang as (
    select
        *,
        row_number() over (
            partition by insats_id, dimension
            order by cast(belopp_ore as hugeint) * 1000 - promille_golv * total_ore desc, id
        ) as promille_rang,
        1000 - sum(promille_golv) over (partition by insats_id, dimension) as promille_rest
    from golv
)
select
    rang.insats_id,
    rang.dimension,
    rang.id,
    rang.fran,
    rang.till,
    rang.belopp_ore,
    case when rang.total_ore > 0 then rang.belopp_ore / rang.total_ore end as andel,
    case
        when rang.total_ore > 0
            then (rang.promille_golv + case when rang.promille_rang <= rang.promille_rest then 1 else 0 end) / 10
    end as andel_procent,
    case
        when not rang.har_nyckel then null
        when rang.antal_nycklar = 1 and rang.antal_ar = rang.alla_ar then rang.en_nyckel
        when rang.total_ore > 0 then cast(rang.belopp_ore - rang.avvikelse_ore as double) / rang.total_ore
    end as avtalad_andel,
    case when rang.har_nyckel then rang.avvikelse_ore end as avvikelse_ore,
    timmar.timmar,
    case when timmar.timmar > 0 then cast(rang.belopp_ore as double) / 100 / timmar.timmar end as kr_per_timme
from rang
left join timmar
    on timmar.insats_id = rang.insats_id
    and timmar.dimension = rang.dimension
    and timmar.id = rang.id
