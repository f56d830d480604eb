-- One row per whole (insats, förbund, modell, all), table of participants, period, moment, row of the table and column.
--
-- An insats has a table for the whole, for each calendar year, and for each period that totals are delivered for; its flow for
-- each month too in which somebody comes or goes. What insatser have in common is calendar years, and for all of them months. Rows are
-- counted where they state the variable, else the delivered totals; those of whom nothing is stated count in the coverage.
-- Each table has women, men, unknown and all. antal is null where some total does not state kön, never 0.
-- The denominator is those of whom something is stated, tackningsgrad their share of all that it is asked of.
-- varde of an after row is the change in number since before, where the same insatser state both: a change is no effect.
-- Where both rows and totals are of a table's period, one of them does not count.
-- Wholes with their periods, tables and words are numbered: a number is grouped and joined by in a third of the time.
with kallor as (
    select
        insats_id, tabell, tidpunkt, fran, till,
        case
            when bool_or(kalla = 'rader' and (rakning = 'kanda' or tabell = 'flode')) then 'summor'
            when bool_or(kalla = 'summor' and rakning = 'ord') then 'rader'
            else 'summor'
        end as kalla
    from marts.tabellantal
    where insats_id in (select insats_id from marts.tabellantal where kalla = 'summor')
    group by insats_id, tabell, tidpunkt, fran, till
    having count(distinct kalla) > 1
),
-- Of some totals only those who are new are known: the flow of many insatser is of whole flows.
hela_floden as (
    select insats_id, fran, till from marts.tabellantal
    where tabell = 'flode' group by insats_id, fran, till having count(distinct ord) = 4
),
forsta as (
    select insats_id, fran, till, arg_min(slag, list_position(['hela', 'ar', 'manad'], slag)) as slag
    from marts.tabellperiod group by insats_id, fran, till
),
delar as (
    select
        niva.niva, niva.id, egen.insats_id, egen.slag, egen.fran as egen_fran, egen.till as egen_till,
        case when niva.niva = 'insats' then egen.fran when egen.slag = 'ar' then cast(date_trunc('year', egen.fran) as date) else cast(date_trunc('month', egen.fran) as date) end as fran,
        case when niva.niva = 'insats' then egen.till when egen.slag = 'ar' then make_date(year(egen.fran), 12, 31) else last_day(egen.fran) end as till,
        niva.niva = 'insats' or (egen.insats_id, egen.fran, egen.till) in (select (insats_id, fran, till) from hela_floden) as har_flode
    from (select distinct insats_id, slag, fran, till from marts.tabellantal) as egen
    inner join marts.insatsniva as niva using (insats_id)
    left join forsta using (insats_id, fran, till)
    where case when niva.niva = 'insats' then egen.slag = coalesce(forsta.slag, 'annan') else egen.slag = 'ar' or (egen.slag = 'manad' and niva.niva = 'alla') end
),
perioder as materialized (
    select *, dense_rank() over (order by niva, id) as hel, dense_rank() over (order by niva, id, fran, till) as period from delar
),
-- Spellings of one word are one row. rad is numbered in its order.
ordrad as materialized (
    select
        *,
        dense_rank() over (order by tabell) as tabell_nr,
        dense_rank() over (order by tabell, tidpunkt, givet) as bas,
        dense_rank() over (order by tabell, givet) as grupp,
        dense_rank() over (order by tabell, givet, tabellvikt(rad)) as vikt,
        row_number() over (order by rad) as ord_nr
    from (
        select
            ord.*, tabell.matt, ord.tabell <> 'flode' and not coalesce(tabell.ar_flera, false) as summerar,
            case when ord.kalla = 'rader' then tabellrad(ord.givet, ord.ord, tabell.granser, tabell.matt) else ord.ord end as rad
        from (select distinct tabell, tidpunkt, kalla, givet, rakning, ord from marts.tabellantal) as ord
        left join staging.tabell as tabell on tabell.tabell = ord.tabell and tabell.tidpunkt = ord.tidpunkt
    )
),
valda as materialized (
    select
        perioder.period, ordrad.bas, ordrad.vikt, ordrad.ord_nr, antal.rakning, antal.slag = 'manad' as ar_manad,
        antal.tabell = 'flode' as ar_flode, ordrad.ord in ('nya', 'avslutade') and antal.antal > 0 as ar_rorelse, ordrad.matt is not null and antal.kalla = 'rader' as har_matt,
        case when antal.kalla = 'summor' then antal.insats_id end as summainsats,
        case when antal.rakning <> 'alla' and antal.tidpunkt <> '' then antal.insats_id end as insats_id,
        antal.kvinnor, antal.man, antal.okant, antal.utan_kon is not null as ar_utan_kon, antal.antal
    from marts.tabellantal as antal
    anti join kallor using (insats_id, tabell, tidpunkt, fran, till, kalla)
    inner join ordrad
        on ordrad.tabell = antal.tabell
        and ordrad.tidpunkt = antal.tidpunkt
        and ordrad.kalla = antal.kalla
        and ordrad.givet = antal.givet
        and ordrad.rakning = antal.rakning
        and ordrad.ord is not distinct from antal.ord
    inner join perioder
        on perioder.insats_id = antal.insats_id
        and perioder.slag = antal.slag
        and perioder.egen_fran = antal.fran
        and perioder.egen_till = antal.till
    where perioder.har_flode or antal.tabell <> 'flode'
),
-- Whoever a word of the register counts is counted among all that it is asked of too.
omfang as not materialized (
    select * from valda where rakning <> 'ord' or summainsats is not null or ar_flode
),
-- Of totals, nobody knows of how many they are where it is not delivered: then it is not known for the whole either.
varje as (
    select
        period, bas,
        [kanda_av(kvinnor, rakning, summainsats), kanda_av(man, rakning, summainsats), kanda_av(okant, rakning, summainsats), kanda_av(antal, rakning, summainsats)] as kanda,
        [alla_av(kvinnor, rakning), alla_av(man, rakning), alla_av(okant, rakning), alla_av(antal, rakning)] as alla
    from omfang
    where not ar_flode
    group by period, bas, summainsats
),
namnare as (
    select
        period, bas,
        [hel_summa(kanda[1]), hel_summa(kanda[2]), hel_summa(kanda[3]), hel_summa(kanda[4])] as kanda,
        [hel_summa(alla[1]), hel_summa(alla[2]), hel_summa(alla[3]), hel_summa(alla[4])] as alla
    from varje
    group by period, bas
),
hela as (
    select
        period, bas,
        bool_or(ar_utan_kon and rakning = 'kanda') as kanda_utan_kon,
        bool_or(ar_utan_kon and rakning = 'alla') as alla_utan_kon,
        list_sort(list(distinct insats_id) filter (insats_id is not null)) as insatser
    from omfang
    group by period, bas
    having not (any_value(ar_manad and ar_flode) and not coalesce(bool_or(ar_rorelse), false))
),
-- Of the flow everybody is known; a median is of those whose number is.
baser as (
    select
        hela.period, hela.bas, namn.grupp, namn.tidpunkt, hela.insatser,
        case when hela.kanda_utan_kon then [null, null, null, namnare.kanda[4]] else namnare.kanda end as kanda,
        case when hela.alla_utan_kon then [null, null, null, namnare.alla[4]] else namnare.alla end as alla
    from hela
    inner join (select distinct bas, grupp, tidpunkt from ordrad) as namn using (bas)
    left join namnare using (period, bas)
),
summerade as (
    select
        period, bas, vikt, min(ord_nr) as ord_nr, bool_or(ar_utan_kon) as utan_kon,
        sum(kvinnor) as kvinnor, sum(man) as man, sum(okant) as okant, sum(antal) as totalt
    from valda
    where rakning = 'ord'
    group by period, bas, vikt
),
rader as (
    select period, vikt, min(ord_nr) as ord_nr from summerade group by period, vikt
),
celler as (
    select
        baser.*, ordrad.rad, rader.vikt,
        case when summerade.utan_kon then [null, null, null] else [coalesce(summerade.kvinnor, 0), coalesce(summerade.man, 0), coalesce(summerade.okant, 0)] end
        || [coalesce(summerade.totalt, 0)] as antal
    from rader
    inner join ordrad using (ord_nr)
    inner join baser on baser.period = rader.period and baser.grupp = ordrad.grupp
    left join summerade on summerade.period = baser.period and summerade.bas = baser.bas and summerade.vikt = rader.vikt
),
-- Each person's number is looked at once: a median is of persons, not of the numbers that occur.
tal as (
    select period, bas, matt, kolumn, unnest(list_resize([tal], antal, tal)) as tal
    from (
        select
            valda.period, valda.bas, ordrad.matt, cast(ordrad.ord as integer) as tal,
            unnest([1, 2, 3, 4]) as kolumn, unnest([valda.kvinnor, valda.man, valda.okant, valda.antal]) as antal
        from valda
        inner join ordrad using (ord_nr)
        where valda.har_matt and valda.rakning = 'ord'
    )
    where antal is not null
),
matt as (
    select
        period, bas, matt, kolumn, count(*) as antal,
        unnest([
            {'rad': 'kvartil_1', 'varde': quantile_cont(tal, 0.25)}, {'rad': 'median', 'varde': median(tal)},
            {'rad': 'kvartil_3', 'varde': quantile_cont(tal, 0.75)},
            {'rad': 'medel', 'varde': cast(sum(tal) as double) / count(*)}
        ], max_depth := 2)
    from tal
    group by period, bas, matt, kolumn
),
alla_rader as (
    select
        efter.period, efter.bas, efter.rad, efter.antal, efter.kanda, efter.alla, true as ar_antal, 'förändring' as enhet,
        case when efter.tidpunkt = 'efter' and efter.insatser = fore.insatser then list_transform([1, 2, 3, 4], lambda nr: efter.antal[nr] - fore.antal[nr]) end as varde
    from celler as efter
    left join (select * from celler where tidpunkt = 'fore') as fore using (period, vikt)
    union all by name
    select matt.*, baser.alla, matt.antal as kanda, false as ar_antal
    from (
        select period, bas, matt as enhet, rad, kolumner(kolumn, antal) as antal, kolumner(kolumn, varde) as varde from matt group by all
    ) as matt
    inner join baser using (period, bas)
),
ordnade as (
    select hel.niva, hel.id, tabell.tabell, hel.fran, hel.till, tabell.tidpunkt, tabell.summerar, rad.* exclude (period, bas)
    from alla_rader as rad
    inner join (select distinct period, hel, niva, id, fran, till from perioder) as hel using (period)
    inner join (select distinct bas, tabell_nr, tabell, tidpunkt, summerar from ordrad) as tabell using (bas)
    order by hel.hel, tabell.tabell_nr, hel.fran, hel.till, tabell.tidpunkt, rad.rad
)
select
    rad.niva,
    rad.id,
    rad.tabell,
    rad.fran,
    rad.till,
    rad.tidpunkt,
    rad.rad,
    rad.kolumn,
    cast(rad.antal as bigint) as antal,
    case when rad.ar_antal and rad.kanda > 0 then cast(rad.antal as double) / cast(rad.kanda as double) end as andel,
    cast(rad.varde as double) as varde,
    case when rad.varde is not null then rad.enhet end as enhet,
    cast(rad.kanda as bigint) as namnare,
    case when rad.alla > 0 then cast(rad.kanda as double) / cast(rad.alla as double) end as tackningsgrad,
    rad.summerar,
    0 as ofullstandig
from (
    select
        * exclude (antal, kanda, alla, varde),
        unnest(['kvinnor', 'man', 'okant', 'totalt']) as kolumn, unnest(antal) as antal, unnest(kanda) as kanda, unnest(alla) as alla, unnest(varde) as varde
    from ordnade
) as rad
where rad.ar_antal or rad.antal is not null
