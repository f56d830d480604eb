-- One row per insats, dimension (insats, förbund, part, huvudman) and id, over all that was invoiced.
--
-- The agreed share is applied to each year's invoices and summed, so a key that changes holds for its own years;
-- where a year with invoices has no key, nothing is said of the whole. andel_procent sums to exactly 100,0. The deviation in
-- percentage points is that in öre, held to all that was invoiced.
with helhet as (
    select
        andel.insats_id,
        min(andel.fran) as fran,
        max(andel.till) as till,
        cast(coalesce(sum(andel.belopp_ore), 0) as bigint) as total_ore,
        count(*) as alla_ar,
        bool_and(nyckel.ar is not null) as har_nyckel
    from results.kostnadsandel_ar as andel
    left join (select distinct insats_id, ar from marts.avtalad_andel) as nyckel
        on nyckel.insats_id = andel.insats_id
        and nyckel.ar = andel.ar
    where andel.dimension = 'insats'
    group by andel.insats_id
),
matt as (
    select
        andel.insats_id,
        andel.dimension,
        andel.id,
        helhet.fran,
        helhet.till,
        helhet.total_ore,
        helhet.alla_ar,
        helhet.har_nyckel and andel.dimension = 'forbund' as har_nyckel,
        cast(sum(andel.belopp_ore) as bigint) as belopp_ore,
        count(distinct andel.avtalad_andel) as antal_nycklar,
        count(*) as antal_ar,
        any_value(andel.avtalad_andel) as en_nyckel,
        cast(sum(andel.avvikelse_ore) as bigint) as avvikelse_ore,
        sum(cast(andel.timmar as decimal(28, 6))) as timmar
    from results.kostnadsandel_ar as andel
    inner join helhet on helhet.insats_id = andel.insats_id
    group by all
),
delat as (
    select
        *,
        storsta_rest(1000, belopp_ore, case when total_ore > 0 then total_ore end, row(insats_id, dimension), id) as promille
    from matt
)
select
    insats_id,
    dimension,
    id,
    fran,
    till,
    belopp_ore,
    case when total_ore > 0 then belopp_ore / total_ore end as andel,
    promille / 10 as andel_procent,
    case
        when not har_nyckel then null
        when antal_nycklar = 1 and antal_ar = alla_ar then en_nyckel
        when total_ore > 0 then cast(belopp_ore - avvikelse_ore as double) / total_ore
    end as avtalad_andel,
    case when har_nyckel then avvikelse_ore end as avvikelse_ore,
    timmar,
    case when timmar > 0 then cast(belopp_ore as double) / 100 / timmar end as kr_per_timme,
    case
        when har_nyckel and total_ore > 0 then cast(avvikelse_ore as double) * 100 / total_ore
    end as avvikelse_procentenheter,
    0 as ofullstandig
from delat
