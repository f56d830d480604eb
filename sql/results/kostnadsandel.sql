-- One row per insats, dimension (insats, förbund, part, huvudman) and id, over all that was invoiced.
--
-- The agreed share is applied to each year's invoices and summed, so a key that changes holds for its own years;
-- where a year with invoices has no key, nothing is said of the whole. andel_procent sums to exactly 100,0. The deviation in
-- percentage points is that in öre, held to all that was invoiced.
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
matt as (
    select
        summerat.*,
        helhet.fran,
        helhet.till,
        helhet.total_ore,
        (select count(*) from ar_totalt where ar_totalt.insats_id = summerat.insats_id) as alla_ar,
        ar_utan_nyckel.antal is null and summerat.dimension = 'forbund' as har_nyckel
    from summerat
    inner join helhet on helhet.insats_id = summerat.insats_id
    left join ar_utan_nyckel on ar_utan_nyckel.insats_id = summerat.insats_id
),
delat as (
    select
        *,
        storsta_rest(1000, belopp_ore, case when total_ore > 0 then total_ore end, row(insats_id, dimension), id) as promille
    from matt
)
select
    delat.insats_id,
    delat.dimension,
    delat.id,
    delat.fran,
    delat.till,
    delat.belopp_ore,
    case when delat.total_ore > 0 then delat.belopp_ore / delat.total_ore end as andel,
    delat.promille / 10 as andel_procent,
    case
        when not delat.har_nyckel then null
        when delat.antal_nycklar = 1 and delat.antal_ar = delat.alla_ar then delat.en_nyckel
        when delat.total_ore > 0 then cast(delat.belopp_ore - delat.avvikelse_ore as double) / delat.total_ore
    end as avtalad_andel,
    case when delat.har_nyckel then delat.avvikelse_ore end as avvikelse_ore,
    timmar.timmar,
    case when timmar.timmar > 0 then cast(delat.belopp_ore as double) / 100 / timmar.timmar end as kr_per_timme,
    case
        when delat.har_nyckel and delat.total_ore > 0 then cast(delat.avvikelse_ore as double) * 100 / delat.total_ore
    end as avvikelse_procentenheter
from delat
left join timmar
    on timmar.insats_id = delat.insats_id
    and timmar.dimension = delat.dimension
    and timmar.id = delat.id
