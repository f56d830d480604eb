-- One row per insats, unit and period (hela, or a calendar year): what one of them cost.
--
-- Numerator: what was invoiced, all of it or the calendar year's. Denominator: the count that the measure of the unit
-- gives for the same period, with the measure's own rules for what is missing. A cost per deltagande and one per
-- avslutad are two things: a row is comparable only with rows of the same unit, for as many months (and the same year
-- where it is a year's), resting on the same kind of ground (rows, or delivered totals), with the whole of it known and the period over.
-- What may count and nobody has said (a past möte that still stands as planned) is okand: the cost with those counted too
-- stands beside the cost, and the true one is between them. faktura_fran and faktura_till say which time the invoices are for.
-- In the prices of one year: each year's invoices times the index of that year over the index of theirs, half up to öre.
-- The series is the first by name that has all the years, the base year its latest.
with kostnad as (
    select insats_id, ar, sum(belopp_ore) as belopp_ore, min(fran) as faktura_fran, max(till) as faktura_till
    from marts.faktura_ar
    where belopp_ore is not null
    group by insats_id, ar
),
perioder as (
    select
        antal.*,
        kostnad.ar,
        kostnad.belopp_ore,
        kostnad.faktura_fran,
        kostnad.faktura_till,
        count(*) over (partition by antal.insats_id, antal.per, antal.period) as antal_ar
    from measures.enhetsantal as antal
    inner join kostnad
        on kostnad.insats_id = antal.insats_id
        and (antal.forsta_ar is null or kostnad.ar between antal.forsta_ar and antal.sista_ar)
),
summerat as (
    select
        insats_id,
        per,
        period,
        sum(belopp_ore) as taljare_ore,
        min(faktura_fran) as faktura_fran,
        max(faktura_till) as faktura_till
    from perioder
    group by insats_id, per, period
),
bas as (
    select serie, max(ar) as basar, arg_max(varde, ar) as varde from staging.prisindex where varde > 0 group by serie
),
fast as (
    select
        perioder.insats_id,
        perioder.per,
        perioder.period,
        bas.serie,
        any_value(bas.basar) as basar,
        sum(avrunda_del(
            cast(perioder.belopp_ore as hugeint) * cast(bas.varde * 1000000 as hugeint), cast(index.varde * 1000000 as hugeint)
        )) as fast_ore
    from perioder
    inner join staging.prisindex as index on index.ar = perioder.ar and index.varde > 0
    inner join bas on bas.serie = index.serie
    group by perioder.insats_id, perioder.per, perioder.period, perioder.antal_ar, bas.serie
    having count(*) = perioder.antal_ar
    qualify row_number() over (partition by perioder.insats_id, perioder.per, perioder.period order by bas.serie) = 1
),
kostnader as (
    select
        antal.* replace (cast(antal.antal as decimal(28, 6)) as antal, cast(nullif(antal.okand, 0) as decimal(28, 6)) as okand),
        summerat.taljare_ore,
        summerat.faktura_fran,
        summerat.faktura_till,
        fast.fast_ore,
        fast.serie,
        fast.basar,
        case
            when antal.skal is not null then antal.skal
            when summerat.taljare_ore is null then 'inget_fakturerat'
            when antal.antal = 0 then 'ej_tillamplig'
        end as hinder,
        antal.till >= getvariable('idag') as ar_oppen
    from measures.enhetsantal as antal
    left join summerat using (insats_id, per, period)
    left join fast using (insats_id, per, period)
),
bedomda as (
    select
        *,
        case
            when hinder is null and okand is null and not ar_oppen
                then concat_ws(
                    ', ', per, forsta_ar || '–' || sista_ar, datesub('month', fran, till + 1) || ' månader', if(ar_rader, 'rader', 'antal')
                )
        end as jamforelsegrupp
    from kostnader
),
-- at most one row of an insats is in a group: years differ in their year, and hela has none
lika as (
    select jamforelsegrupp, count(*) as antal from bedomda group by jamforelsegrupp
),
andra as (
    select per, count(distinct insats_id) as antal from bedomda where hinder is null group by per
)
select
    kostnader.insats_id,
    kostnader.per,
    kostnader.period,
    kostnader.fran,
    kostnader.till,
    kostnader.faktura_fran,
    kostnader.faktura_till,
    cast(kostnader.taljare_ore as bigint) as taljare_ore,
    kostnader.antal as namnare,
    kostnader.av_antal,
    kostnader.okand,
    kostnader.tackningsgrad,
    case when kostnader.hinder is null then cast(kostnader.taljare_ore as double) / cast(100 * kostnader.antal as double) end as varde,
    case
        when kostnader.hinder is null and kostnader.okand is not null
            then cast(kostnader.taljare_ore as double) / cast(100 * (kostnader.antal + kostnader.okand) as double)
    end as varde_med_okand,
    case when kostnader.hinder is null then kostnader.serie end as serie,
    case when kostnader.hinder is null then kostnader.basar end as basar,
    case when kostnader.hinder is null then cast(kostnader.fast_ore as double) / cast(100 * kostnader.antal as double) end as fast_varde,
    case when kostnader.ar_rader then 'rader' else 'antal' end as underlag,
    coalesce(lika.antal > 1, false) as jamforbar,
    kostnader.jamforelsegrupp,
    case
        when kostnader.hinder is not null then kostnader.hinder
        when kostnader.ar_oppen then 'perioden_pagar'
        when kostnader.okand is not null then 'ofullstandigt'
        when andra.antal = 1 then 'ingen_annan'
        when lika.antal = 1 then 'olika_underlag'
    end as skal
from bedomda as kostnader
left join lika on lika.jamforelsegrupp = kostnader.jamforelsegrupp
left join andra on andra.per = kostnader.per
