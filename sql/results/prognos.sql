-- One row per insats, förbund (alla: together) and period: what the pace so far comes to, against what was granted.
--
-- A period is a calendar year with invoices, grant or budget, and hela where a grant is for the whole insats. The pace is
-- what is invoiced, periodised by days, up to the last whole month before today that invoices reach; it is held to the
-- months of the period, of which a first or last part counts by days. Where invoices reach the period's end there is
-- nothing left to foresee: the outcome stands (status utfall). Fewer than three whole months are no pace: rent and other
-- cost is often invoiced by the quarter, so one or two months miss it or count it double.
-- What is granted is finansiering's (granted and added, less returned), else what an economic report of the insats says, else the
-- budget, and medel_kalla says which.
--
-- A year that is invoiced has a row for each quarter and each term that has passed too (2024Q1, 2024VT): the year as it was to be
-- foreseen when that ended, as reports to a förbund ask. over_slutet_ore is what such a row counts of
-- invoices that reach over its end: they are periodised by days as all are, but were perhaps not there yet. What the insats's
-- own report for exactly that period says stands beside it, also where nothing is invoiced.
with fakturerat as (
    select insats_id, case grouping(forbund_id) when 1 then 'alla' else coalesce(forbund_id, 'ingen') end as forbund_id, manad, sum(belopp_ore) as belopp_ore
    from marts.faktura_manad
    group by grouping sets ((insats_id, manad, forbund_id), (insats_id, manad))
),
-- What one report says is said of the insats as a whole too; of several förbund's reports only that which names none is.
rapporter as (
    select insats_id, forbund_id, fran, till, beviljade_medel_ore, prognos_ore, anledning from staging.ekonomirapport where forbund_id is not null
    union all
    select
        insats_id, 'alla', fran, till,
        max(beviljade_medel_ore) filter (forbund_id is null or ar_ensam),
        max(prognos_ore) filter (forbund_id is null or ar_ensam),
        coalesce(max(anledning) filter (forbund_id is null), string_agg(anledning, '; ' order by forbund_id))
    from (select *, count(*) over (partition by insats_id, fran, till) = 1 as ar_ensam from staging.ekonomirapport)
    group by insats_id, fran, till
),
-- What may be used in a year, by each that says so: the first of them stands.
sagda as (
    select 1 as ordning, 'finansiering' as kalla, insats_id, forbund_id, ar, medel_ore from marts.medel where medel_ore is not null
    union all
    select 1, 'finansiering', insats_id, 'alla', ar, sum(medel_ore) from marts.medel where medel_ore is not null group by insats_id, ar
    union all
    select 2, 'ekonomirapport', insats_id, forbund_id, year(till), arg_max(beviljade_medel_ore, till) from rapporter group by insats_id, forbund_id, year(till)
    union all
    select 3, case when bool_and(status = 'beviljad') then 'budget_beviljad' else 'budget_ansokt' end, insats_id, 'alla', ar, sum(budget_ore)
    from results.budgetutfall where budget_ore is not null group by insats_id, ar
    union all
    select 4, null, insats_id, forbund_id, year(manad), null from fakturerat
),
ar as (
    select
        insats_id, forbund_id, ar, arg_min(medel_ore, ordning) filter (medel_ore is not null) as medel_ore,
        arg_min(kalla, ordning) filter (medel_ore is not null) as medel_kalla
    from sagda group by insats_id, forbund_id, ar
),
-- A part of a year is its months from the first to the last.
perioder as (
    select ar.*, del.del, del.per, make_date(cast(ar.ar as integer), del.borjan, 1) as del_fran, last_day(make_date(cast(ar.ar as integer), del.slut, 1)) as del_till
    from ar
    inner join (values
        ('', 'ar', 1, 12), ('Q1', 'kvartal', 1, 3), ('Q2', 'kvartal', 4, 6), ('Q3', 'kvartal', 7, 9), ('Q4', 'kvartal', 10, 12),
        ('VT', 'termin', 1, 6), ('HT', 'termin', 7, 12)
    ) as del(del, per, borjan, slut) on del.del = '' or ar.ar is not null
),
-- What invoices that reach over the end of a quarter have before it in its year.
delade as (
    select faktura.rad_id, last_day(_.manad) as dag
    from marts.faktura as faktura, unnest(manader_i(faktura.fran, faktura.till)) as _(manad)
    where month(_.manad) % 3 = 0 and last_day(_.manad) < faktura.till
),
over_slutet as (
    select
        manad.insats_id, delade.dag, case grouping(manad.forbund_id) when 1 then 'alla' else coalesce(manad.forbund_id, 'ingen') end as forbund_id,
        sum(manad.belopp_ore) as belopp_ore
    from delade
    inner join marts.faktura_manad as manad
        on manad.rad_id = delade.rad_id and manad.manad <= delade.dag and year(manad.manad) = year(delade.dag)
    group by grouping sets ((manad.insats_id, delade.dag, manad.forbund_id), (manad.insats_id, delade.dag))
),
-- Invoices of the insats as a whole say how far it is invoiced: a förbund that was invoiced by the quarter is not late.
natt as (
    select insats_id, year(manad) as ar, min(fran) as faktura_fran, max(till) as faktura_till
    from marts.faktura_manad
    group by grouping sets ((insats_id, year(manad)), (insats_id))
),
hittills as (
    select
        perioder.insats_id,
        perioder.forbund_id,
        perioder.ar,
        case when perioder.ar is null then 'hela' else perioder.per end as per,
        coalesce(perioder.ar || perioder.del, 'hela') as period,
        perioder.del_fran,
        perioder.del_till,
        perioder.medel_ore,
        perioder.medel_kalla,
        natt.faktura_till,
        coalesce(make_date(cast(perioder.ar as integer), 1, 1), insats.startdatum) as forsta,
        coalesce(make_date(cast(perioder.ar as integer), 12, 31), insats.slutdatum) as sista,
        -- money is not clipped: what is invoiced before the insats starts or after it ends widens the period
        case
            when forsta is not null
                then least(greatest(forsta, least(coalesce(insats.startdatum, insats.data_fran, forsta), sista)), natt.faktura_fran)
        end as fran,
        case
            when sista is not null then greatest(least(sista, greatest(coalesce(insats.slutdatum, sista), forsta)), natt.faktura_till)
        end as till,
        least(perioder.del_till, till) as del_slut,
        case when natt.faktura_till is not null then least(natt.faktura_till, getvariable('idag') - 1, case when perioder.del <> '' then del_slut end) end as dag,
        case
            when dag >= till then till
            when dag >= last_day(dag) - 1 then last_day(dag)
            else cast(date_trunc('month', dag) as date) - 1
        end as utfall_till
    from perioder
    inner join marts.insats as insats using (insats_id)
    left join natt on natt.insats_id = perioder.insats_id and natt.ar is not distinct from perioder.ar
    where perioder.del = ''
        or (natt.faktura_till is not null and perioder.del_fran <= till and perioder.del_till >= fran and del_slut < getvariable('idag'))
        or (perioder.insats_id, perioder.del_fran, perioder.del_till) in (select (insats_id, fran, till) from staging.ekonomirapport)
),
manader as (
    select
        hittills.insats_id,
        hittills.forbund_id,
        hittills.period,
        sum(manadsdelar(hittills.fran, hittills.till, _.manad, false)) as alla_delar,
        sum(manadsdelar(hittills.fran, hittills.utfall_till, _.manad, false)) filter (_.manad <= hittills.utfall_till) as delar
    from hittills,
        unnest(manader_i(hittills.fran, hittills.till)) as _(manad)
    group by hittills.insats_id, hittills.forbund_id, hittills.period
),
utfall as (
    select
        hittills.insats_id, hittills.forbund_id, hittills.period,
        sum(faktura.belopp_ore) as utfall_ore,
        coalesce(sum(faktura.belopp_ore) filter (faktura.manad >= hittills.del_fran), 0) as del_ore
    from hittills
    inner join fakturerat as faktura
        on faktura.insats_id = hittills.insats_id
        and faktura.forbund_id = hittills.forbund_id
        and (hittills.ar is null or year(faktura.manad) = hittills.ar)
        and faktura.manad <= hittills.utfall_till
    group by hittills.insats_id, hittills.forbund_id, hittills.period
),
samlat as (
    select
        hittills.*,
        3 as minst_manader,
        manader.alla_delar,
        manader.delar,
        -- a förbund that was not invoiced where the insats was has paid 0
        case when manader.delar > 0 then coalesce(utfall.utfall_ore, 0) end as utfall_ore,
        case when manader.delar > 0 then coalesce(utfall.del_ore, 0) end as del_ore,
        case when manader.delar > 0 then coalesce(over_slutet.belopp_ore, 0) end as over_slutet_ore,
        hittills.utfall_till = hittills.till as ar_slut,
        coalesce(manader.delar, 0) >= minst_manader * 377580 or hittills.utfall_till = hittills.till as ar_nog,
        grans.procent as grans
    from hittills
    inner join marts.avvikelsegrans as grans using (insats_id)
    left join manader using (insats_id, forbund_id, period)
    left join utfall using (insats_id, forbund_id, period)
    left join over_slutet
        on over_slutet.insats_id = hittills.insats_id
        and over_slutet.forbund_id = hittills.forbund_id
        and over_slutet.dag = hittills.del_slut
),
forutsett as (
    select
        *,
        avrunda_del(cast(utfall_ore as hugeint) * alla_delar, delar) as raknad_ore,
        case when ar_nog and ar_visbar(raknad_ore) then raknad_ore end as prognos_ore
    from samlat
)
select
    forutsett.insats_id,
    forutsett.forbund_id,
    period,
    per,
    forutsett.fran,
    forutsett.till,
    case when utfall_ore is not null then utfall_till end as utfall_till,
    delar / 377580 as manader,
    alla_delar / 377580 as alla_manader,
    minst_manader,
    cast(utfall_ore as bigint) as utfall_ore,
    cast(case when per in ('kvartal', 'termin') then del_ore end as bigint) as del_ore,
    cast(case when per in ('kvartal', 'termin') then over_slutet_ore end as bigint) as over_slutet_ore,
    cast(forutsett.prognos_ore as bigint) as prognos_ore,
    cast(medel_ore as bigint) as medel_ore,
    medel_kalla,
    cast(forutsett.prognos_ore - medel_ore as bigint) as avvikelse_ore,
    case when medel_ore > 0 then cast(forutsett.prognos_ore - medel_ore as double) * 100 / medel_ore end as avvikelse_procent,
    grans as grans_procent,
    coalesce(abs(forutsett.prognos_ore - medel_ore) * 100 > grans * abs(medel_ore), false) as kraver_forklaring,
    rapporter.prognos_ore as rapporterad_prognos_ore,
    rapporter.anledning,
    case when utfall_ore is null then null when ar_slut then 'utfall' else 'prognos' end as status,
    case
        when forutsett.fran is null or forutsett.till is null then 'perioden_saknas'
        when faktura_till is null then 'inget_fakturerat'
        when not ar_nog then 'for_fa_manader'
        when medel_ore is null then 'medel_saknas'
    end as skal
from forutsett
left join rapporter
    on rapporter.insats_id = forutsett.insats_id
    and rapporter.forbund_id = forutsett.forbund_id
    and rapporter.till = forutsett.del_till
    and rapporter.fran = forutsett.del_fran
