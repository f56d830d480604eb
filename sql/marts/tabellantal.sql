-- One row per insats, table of participants, moment, period, source (rader, summor) and what is counted: a word that is stated
-- (ord), all of whom something is stated (kanda), all that it is asked of (alla). A kön that nobody is counted of is null.
--
-- Rows are those of the register; totals are as delivered, each for its own period. One person who states several words is one
-- of kanda. givet is the word that the table is made for, empty for most. The flow of rows is of four counts: who is there the
-- day before the period, who comes, who goes, who is there when it ends. Of totals, all that take part less the new were
-- there before, and less those who ended go on. rader is not kept: months are of the flow, which reads no words.
-- key: insats_id, tabell, tidpunkt, fran, till, kalla, slag, givet, rakning, ord
-- null: ord, kvinnor, man, okant, utan_kon
-- stored: large
with rader as not materialized (
    select
        rad.insats_id, rad.kon, rad.varden, period.slag, period.fran, period.till,
        rad.startdatum >= period.fran as ar_ny,
        coalesce(rad.slutdatum <= period.till, false) as ar_avslutad
    from marts.deltagare as rad
    inner join marts.tabellperiod as period
        on period.insats_id = rad.insats_id
        and rad.startdatum <= period.till
        and coalesce(rad.slutdatum, date '9999-12-31') >= period.fran
    where rad.utesluten is null
),
flode as (
    select
        insats_id, slag, fran, till, kon,
        unnest([
            {'ord': 'pagaende_vid_start', 'antal': count(*) filter (not ar_ny)},
            {'ord': 'nya', 'antal': count(*) filter (ar_ny)},
            {'ord': 'avslutade', 'antal': count(*) filter (ar_avslutad)},
            {'ord': 'pagaende_vid_slut', 'antal': count(*) filter (not ar_avslutad)}
        ], max_depth := 2)
    from rader
    group by insats_id, slag, fran, till, kon
),
samlade as (
    select
        rad.insats_id, tabell.tabell, tabell.tidpunkt, rad.slag, rad.fran, rad.till, rad.kon,
        rad.varden[tabell.variabel] as ord,
        case when tabell.givet is null then [''] else list_filter(rad.varden[tabell.givet], lambda ett: ett is not null) end as givet,
        count(*) as antal
    from rader as rad
    inner join staging.tabell as tabell on tabell.av = 'deltaganden' or rad.ar_avslutad
    where rad.slag <> 'manad' and tabell.variabel is not null
    group by all
),
-- A word outside the groups of a table is none that it knows.
ordnade as (
    select
        samlade.* exclude (ord),
        tabellord(samlade.ord, tabell.ord, tabell.grupp) as ord
    from samlade
    inner join staging.tabell as tabell on tabell.tabell = samlade.tabell and tabell.tidpunkt = samlade.tidpunkt
),
givna as (
    select * exclude (givet), unnest(givet) as givet from ordnade
),
ur_rader as (
    select insats_id, 'flode' as tabell, '' as tidpunkt, slag, fran, till, 'rader' as kalla, kon, '' as givet, 'ord' as rakning, ord, antal from flode
    union all
    select insats_id, tabell, tidpunkt, slag, fran, till, 'rader', kon, givet, 'alla', null, antal from givna
    union all
    select insats_id, tabell, tidpunkt, slag, fran, till, 'rader', kon, givet, 'kanda', null, antal from givna where ord is not null
    union all
    select insats_id, tabell, tidpunkt, slag, fran, till, 'rader', kon, givet, 'ord', unnest(ord), antal from givna
),
antal as (
    select insats_id, slag, fran, till, kon, antal from marts.deltagarantal where slag in ('deltagare', 'nya', 'avslutade')
    qualify count(distinct rad_id) over (partition by insats_id, slag, fran, till) = 1
),
-- By kön where all counts of the period state it, else for all: then what one of them leaves out of a kön is 0.
floden as (
    select *, bool_and(kon is not null) over samma as har_kon,
        list(slag) over samma as alla_slag
    from antal
    window samma as (partition by insats_id, fran, till)
),
delade as (
    select
        insats_id, fran, till, case when har_kon then kon end as kon,
        case when bool_or(list_contains(alla_slag, 'deltagare')) then coalesce(sum(antal) filter (slag = 'deltagare'), 0) end as deltagare,
        case when bool_or(list_contains(alla_slag, 'nya')) then coalesce(sum(antal) filter (slag = 'nya'), 0) end as nya,
        case when bool_or(list_contains(alla_slag, 'avslutade')) then coalesce(sum(antal) filter (slag = 'avslutade'), 0) end as avslutade
    from floden
    group by insats_id, fran, till, case when har_kon then kon end
),
utfall as (
    select
        utfall.insats_id, utfall.fran, utfall.till, utfall.kon, utfall.antal, tabell.tabell, tabell.tidpunkt, tabell.ar_flera_i_summor as ar_flera,
        tabellord([tabellord_av_summa(tabell.tabell, tabell.ar_skrivet, utfall.varde, utfall.kod)], tabell.ord, tabell.grupp) as ord
    from marts.deltagarutfall as utfall
    inner join staging.tabell as tabell on tabell.utfall = utfall.variabel
    where utfall.kod is distinct from 'felregistrering'
),
fragade as (
    select antal.insats_id, tabell.tabell, tabell.tidpunkt, antal.fran, antal.till, antal.kon, antal.antal
    from antal
    inner join staging.tabell as tabell
        on tabell.givet is null
        and tabell.variabel is distinct from 'kon'
        and antal.slag = case tabell.av when 'avslutade' then 'avslutade' else 'deltagare' end
),
ur_summor as (
    select insats_id, 'flode' as tabell, '' as tidpunkt, fran, till, kon, 'ord' as rakning, flode.ord, flode.antal
    from (select *, min(least(deltagare - nya, deltagare - avslutade)) over (partition by insats_id, fran, till) >= 0 as ar_mojligt from delade),
        unnest([
        {'ord': 'pagaende_vid_start', 'antal': case when ar_mojligt then deltagare - nya end},
        {'ord': 'nya', 'antal': nya},
        {'ord': 'avslutade', 'antal': avslutade},
        {'ord': 'pagaende_vid_slut', 'antal': case when ar_mojligt then deltagare - avslutade end}
    ]) as _(flode)
    union all
    select insats_id, 'kon', '', fran, till, kon, unnest(['ord', 'kanda']), unnest([kon, null]), antal from antal where slag = 'deltagare' and kon in ('kvinna', 'man')
    union all
    select insats_id, 'kon', '', fran, till, kon, 'alla', null, antal from antal where slag = 'deltagare'
    union all
    select insats_id, tabell, tidpunkt, fran, till, kon, 'ord', unnest(ord), antal from utfall
    union all
    select insats_id, tabell, tidpunkt, fran, till, kon, 'kanda', null, antal from utfall where not ar_flera and ord is not null
    union all
    select insats_id, tabell, tidpunkt, fran, till, kon, 'alla', null, antal from fragade
    -- of how many something is stated cannot be added up where one may state several: it is asked of all
    union all
    select insats_id, tabell, tidpunkt, fran, till, kon, 'kanda', null, antal from fragade
    where (insats_id, tabell, tidpunkt, fran, till) in (select (insats_id, tabell, tidpunkt, fran, till) from utfall where ar_flera)
)
select
    insats_id, tabell, tidpunkt, slag, fran, till, kalla, givet, rakning, ord,
    cast(sum(antal) filter (kon = 'kvinna') as bigint) as kvinnor,
    cast(sum(antal) filter (kon = 'man') as bigint) as man,
    cast(sum(antal) filter (kon = 'okant') as bigint) as okant,
    cast(sum(antal) filter (kon is null) as bigint) as utan_kon,
    cast(sum(antal) as bigint) as antal
from (
    select insats_id, tabell, tidpunkt, slag, fran, till, kalla, kon, givet, rakning, ord, antal from ur_rader
    union all
    select
        summa.insats_id, summa.tabell, summa.tidpunkt, coalesce(period.slag, 'annan'), summa.fran, summa.till, 'summor', summa.kon, '', summa.rakning,
        summa.ord, summa.antal
    from ur_summor as summa
    left join marts.tabellperiod as period
        on period.insats_id = summa.insats_id
        and period.fran = summa.fran
        and period.till = summa.till
        and (period.slag <> 'manad' or summa.tabell = 'flode')
    where summa.antal is not null and (summa.rakning <> 'ord' or summa.ord is not null)
)
group by insats_id, tabell, tidpunkt, slag, fran, till, kalla, givet, rakning, ord
