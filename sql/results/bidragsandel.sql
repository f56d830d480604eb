-- One row per förbund, year, huvudman and kommun (empty: the huvudman as a whole): paid in, and what the law lays on it.
--
-- The whole is what the parties that the law names have paid in. Where one of them has not delivered, the whole is unknown
-- and so is every share: what is missing is not 0. The municipalities are one party to the law and share its quarter by a
-- key of their own, which the pipeline gives (kommunnyckel); without one, each kommun's amount stands without a deviation.
-- What is laid on each is shared out by largest remainder, the parties first and then the municipalities, so that the
-- deviations of a year sum to 0, and the municipalities' to that of the kommun row.
with ar as (
    select distinct forbund_id, ar from marts.bidrag
),
regel as (
    select ar.forbund_id, ar.ar, lag.huvudman, lag.delar, lag.kalla
    from ar
    inner join marts.lagens_andel as lag
        on make_date(cast(ar.ar as integer), 1, 1) >= lag.fran
        and make_date(cast(ar.ar as integer), 1, 1) <= coalesce(lag.till, date '9999-12-31')
),
betalat as (
    select forbund_id, ar, huvudman, sum(belopp_ore) as belopp_ore from marts.bidrag group by forbund_id, ar, huvudman
),
parter as (
    select forbund_id, ar, huvudman, betalat.belopp_ore, regel.delar, regel.kalla
    from regel full join betalat using (forbund_id, ar, huvudman)
),
helhet as (
    select
        forbund_id,
        ar,
        case when bool_and(belopp_ore is not null) and sum(belopp_ore) > 0 then sum(belopp_ore) end as total_ore,
        sum(delar) as alla_delar,
        string_agg(
            case huvudman when 'forsakringskassan' then 'Försäkringskassan' else huvudman end, ', ' order by huvudman
        ) filter (belopp_ore is null) as saknade
    from parter
    where delar is not null
    group by forbund_id, ar
),
delat as (
    select
        parter.*,
        helhet.total_ore,
        helhet.alla_delar,
        helhet.saknade,
        storsta_rest(1000, parter.belopp_ore, helhet.total_ore, row(parter.forbund_id, parter.ar, parter.delar is null), parter.huvudman) as promille,
        storsta_rest(
            helhet.total_ore, parter.delar, helhet.alla_delar, row(parter.forbund_id, parter.ar, parter.delar is null), parter.huvudman
        ) as lagens_ore
    from parter
    left join helhet on helhet.forbund_id = parter.forbund_id and helhet.ar = parter.ar and parter.delar is not null
),
nyckel as (
    select ar.forbund_id, ar.ar, nyckel.vikt, nyckel.kommun, nyckel.andel
    from ar
    inner join staging.kommunnyckel as nyckel on nyckel.forbund_id = ar.forbund_id and nyckel.fran <= ar.ar
    qualify nyckel.fran = max(nyckel.fran) over (partition by ar.forbund_id, ar.ar)
),
kommunbetalat as (
    select forbund_id, ar, sv_vik(kommun) as vikt, min(kommun) as kommun, sum(belopp_ore) as belopp_ore
    from marts.bidrag
    where huvudman = 'kommun' and kommun is not null
    group by forbund_id, ar, sv_vik(kommun)
),
kommuner as (
    select forbund_id, ar, coalesce(betalat.kommun, nyckel.kommun) as kommun, betalat.belopp_ore, nyckel.andel
    from kommunbetalat as betalat full join nyckel using (forbund_id, ar, vikt)
),
kommundelar as (
    select
        delat.* replace (kommuner.belopp_ore as belopp_ore),
        delat.belopp_ore as kommunernas_ore,
        kommuner.kommun,
        -- an amount that names no kommun stands outside the parts, and the key's shares with it
        sum(kommuner.belopp_ore) over helt = delat.belopp_ore and bool_and(kommuner.belopp_ore is not null) over helt as ar_hel,
        sum(kommuner.andel) over helt as nyckel_summa,
        case when sum(kommuner.andel) over helt > 0 then coalesce(kommuner.andel, 0) end as andel
    from kommuner
    inner join delat on delat.forbund_id = kommuner.forbund_id and delat.ar = kommuner.ar and delat.huvudman = 'kommun'
    window helt as (partition by kommuner.forbund_id, kommuner.ar)
),
kommunandelar as (
    select * replace (
        storsta_rest(
            case when ar_hel and kommunernas_ore > 0 then promille end, belopp_ore, kommunernas_ore, row(forbund_id, ar), kommun
        ) as promille,
        storsta_rest(
            case when ar_hel then lagens_ore end,
            cast(andel * 1000000 as hugeint),
            cast(nyckel_summa * 1000000 as hugeint),
            row(forbund_id, ar),
            kommun
        ) as lagens_ore
    )
    from kommundelar
),
alla as (
    select *, '' as kommun, true as ar_hel, 1 as andel, 1 as nyckel_summa from delat
    union all by name
    select * exclude (kommunernas_ore) from kommunandelar
)
select
    forbund_id,
    ar,
    huvudman,
    kommun,
    cast(belopp_ore as bigint) as belopp_ore,
    cast(belopp_ore as double) / total_ore as andel,
    promille / 10 as andel_procent,
    cast(delar * alla.andel as double) / (alla_delar * nyckel_summa) as lagens_andel,
    cast(lagens_ore as bigint) as lagens_ore,
    cast(belopp_ore - lagens_ore as bigint) as avvikelse_ore,
    cast(belopp_ore - lagens_ore as double) * 100 / total_ore as avvikelse_procentenheter,
    kalla,
    case
        when kommun = '' and delar is null then 'lagen anger ingen andel'
        when kommun <> '' and belopp_ore is null then 'uppgift saknas: ' || kommun
        when saknade is not null then 'uppgift saknas: ' || saknade
        when total_ore is null then 'inget är inbetalt'
        when not ar_hel then 'kommunernas belopp är inte helt delat på kommuner'
        when alla.andel is null then 'ingen lokal nyckel är angiven'
    end as skal
from alla
