-- One row per insats, förbund (alla: together) and period: what the pace so far comes to, against what was granted.
--
-- A period is a calendar year with invoices, grant or budget, and hela where a grant is for the whole insats. The pace is
-- what is invoiced, periodised by days, up to the last whole month before today that invoices reach; it is held to the
-- months of the period, of which a first or last part counts by days. Where invoices reach the period's end there is
-- nothing left to foresee: the outcome stands (status utfall). Fewer than three whole months are no pace: rent and other
-- cost is often invoiced by the quarter, so one or two months miss it or count it double.
-- What is granted is finansiering's (granted and added, less returned), else the budget, and medel_kalla says which.
with fakturerat as (
    select insats_id, coalesce(forbund_id, 'ingen') as forbund_id, manad, fran, till, belopp_ore from marts.faktura_manad
    union all
    select insats_id, 'alla', manad, fran, till, belopp_ore from marts.faktura_manad
),
beviljat as (
    select insats_id, forbund_id, ar, medel_ore from marts.medel where medel_ore is not null
    union all
    select insats_id, 'alla', ar, sum(medel_ore) from marts.medel where medel_ore is not null group by insats_id, ar
),
budget as (
    select
        insats_id,
        'alla' as forbund_id,
        ar,
        sum(budget_ore) as medel_ore,
        case when bool_and(status = 'beviljad') then 'budget_beviljad' else 'budget_ansokt' end as medel_kalla
    from results.budgetutfall
    where budget_ore is not null
    group by insats_id, ar
),
perioder as (
    select insats_id, forbund_id, ar from beviljat
    union
    select insats_id, forbund_id, ar from budget
    union
    select insats_id, forbund_id, year(manad) from fakturerat
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
        coalesce(cast(perioder.ar as varchar), 'hela') as period,
        coalesce(beviljat.medel_ore, budget.medel_ore) as medel_ore,
        case when beviljat.medel_ore is not null then 'finansiering' else budget.medel_kalla end as medel_kalla,
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
        case when natt.faktura_till is not null then least(natt.faktura_till, getvariable('idag') - 1) end as dag,
        case
            when dag >= till then till
            when dag >= last_day(dag) - 1 then last_day(dag)
            else cast(date_trunc('month', dag) as date) - 1
        end as utfall_till
    from perioder
    inner join marts.insats as insats using (insats_id)
    left join beviljat
        on beviljat.insats_id = perioder.insats_id
        and beviljat.forbund_id = perioder.forbund_id
        and beviljat.ar is not distinct from perioder.ar
    left join budget
        on budget.insats_id = perioder.insats_id
        and budget.forbund_id = perioder.forbund_id
        and budget.ar = perioder.ar
    left join natt on natt.insats_id = perioder.insats_id and natt.ar is not distinct from perioder.ar
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
    select hittills.insats_id, hittills.forbund_id, hittills.period, sum(faktura.belopp_ore) as utfall_ore
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
        hittills.utfall_till = hittills.till as ar_slut,
        coalesce(manader.delar, 0) >= minst_manader * 377580 or hittills.utfall_till = hittills.till as ar_nog,
        grans.procent as grans
    from hittills
    inner join marts.avvikelsegrans as grans using (insats_id)
    left join manader using (insats_id, forbund_id, period)
    left join utfall using (insats_id, forbund_id, period)
),
forutsett as (
    select
        *,
        avrunda_del(cast(utfall_ore as hugeint) * alla_delar, delar) as raknad_ore,
        case when ar_nog and ar_visbar(raknad_ore) then raknad_ore end as prognos_ore
    from samlat
)
select
    insats_id,
    forbund_id,
    period,
    fran,
    till,
    case when utfall_ore is not null then utfall_till end as utfall_till,
    delar / 377580 as manader,
    alla_delar / 377580 as alla_manader,
    minst_manader,
    cast(utfall_ore as bigint) as utfall_ore,
    cast(prognos_ore as bigint) as prognos_ore,
    cast(medel_ore as bigint) as medel_ore,
    medel_kalla,
    cast(prognos_ore - medel_ore as bigint) as avvikelse_ore,
    case when medel_ore > 0 then cast(prognos_ore - medel_ore as double) * 100 / medel_ore end as avvikelse_procent,
    grans as grans_procent,
    coalesce(abs(prognos_ore - medel_ore) * 100 > grans * abs(medel_ore), false) as kraver_forklaring,
    case when utfall_ore is null then null when ar_slut then 'utfall' else 'prognos' end as status,
    case
        when fran is null or till is null then 'perioden_saknas'
        when faktura_till is null then 'inget_fakturerat'
        when not ar_nog then 'for_fa_manader'
        when medel_ore is null then 'medel_saknas'
    end as skal
from forutsett
