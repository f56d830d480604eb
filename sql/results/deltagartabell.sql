-- One row per whole (insats, förbund, modell, all), table of participants, period, moment, row of the table and column.
--
-- An insats has a table for the whole, for each calendar year, and for each period that totals are delivered for; its flow for
-- each month too in which somebody comes or goes. What insatser have in common is calendar years, and for all of them months. Rows are
-- counted where they state the variable, else the delivered totals; those of whom nothing is stated count in the coverage.
-- Each table has women, men, unknown and all. antal is null where some total does not state kön, never 0.
-- The denominator is those of whom something is stated, tackningsgrad their share of all that it is asked of.
-- varde of an after row is the change in number since before, where the same insatser state both: a change is no effect.
-- Where both rows and totals are of a table's period, one of them does not count.
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
-- Not kept: at a tenth of the country it would be 400 MB, to join it anew is a second.
valda as not materialized (
    select
        niva.niva, niva.id, antal.insats_id, antal.kalla, antal.tabell, antal.tidpunkt, antal.slag, antal.kon, antal.givet, antal.rakning, antal.ord, antal.antal,
        case when niva.niva = 'insats' then antal.fran when antal.slag = 'ar' then cast(date_trunc('year', antal.fran) as date) else cast(date_trunc('month', antal.fran) as date) end as fran,
        case when niva.niva = 'insats' then antal.till when antal.slag = 'ar' then make_date(year(antal.fran), 12, 31) else last_day(antal.fran) end as till,
        tabellkolumn(antal.kon) as kolumn
    from marts.tabellantal as antal
    inner join marts.insatsniva as niva using (insats_id)
    anti join kallor using (insats_id, tabell, tidpunkt, fran, till, kalla)
    left join forsta using (insats_id, fran, till)
    where case when niva.niva = 'insats' then antal.slag = coalesce(forsta.slag, 'annan') else antal.slag = 'ar' or (antal.slag = 'manad' and niva.niva = 'alla') end
        and (niva.niva = 'insats' or antal.tabell <> 'flode' or (antal.insats_id, antal.fran, antal.till) in (select (insats_id, fran, till) from hela_floden))
),
-- Whoever a word of the register counts is counted among all that it is asked of too.
omfang as not materialized (
    select * from valda where rakning <> 'ord' or kalla = 'summor' or tabell = 'flode'
),
-- Of totals, nobody knows of how many they are where it is not delivered: then it is not known for the whole either.
varje as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet, kolumn,
        coalesce(
            sum(antal) filter (rakning = 'kanda'),
            case when any_value(kalla) = 'rader' or count(*) filter (rakning = 'ord') = 0 then 0 end
        ) as kanda,
        sum(antal) filter (rakning = 'alla') as alla
    from (
        select * exclude (kolumn), unnest([kolumn, 'totalt']) as kolumn, case when kalla = 'summor' then insats_id end as insats from omfang where tabell <> 'flode'
    )
    where kolumn is not null
    group by niva, id, insats, tabell, fran, till, tidpunkt, givet, kolumn
),
namnare as (
    select niva, id, tabell, fran, till, tidpunkt, givet, map(list(kolumn), list({'kanda': kanda, 'alla': alla})) as namnare
    from (
        select
            niva, id, tabell, fran, till, tidpunkt, givet, kolumn,
            case when count(kanda) = count(*) then sum(kanda) end as kanda,
            case when count(alla) = count(*) then sum(alla) end as alla
        from varje
        group by niva, id, tabell, fran, till, tidpunkt, givet, kolumn
    )
    group by niva, id, tabell, fran, till, tidpunkt, givet
),
hela as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet,
        bool_or(kon is null and rakning = 'kanda') as kanda_utan_kon,
        bool_or(kon is null and rakning = 'alla') as alla_utan_kon,
        any_value(slag) = 'manad' and tabell = 'flode' and not coalesce(bool_or(ord in ('nya', 'avslutade') and antal > 0), false) as ar_stilla,
        list_sort(list(distinct insats_id) filter (rakning <> 'alla' and tidpunkt <> '')) as insatser
    from omfang
    group by niva, id, tabell, fran, till, tidpunkt, givet
),
bas as (
    select hela.*, namnare.namnare
    from hela
    left join namnare using (niva, id, tabell, fran, till, tidpunkt, givet)
    where not hela.ar_stilla
),
-- Spellings of one word are one row.
ordrad as (
    select *, tabellvikt(rad) as vikt
    from (
        select
            ord.*, case when ord.kalla = 'rader' then tabellrad(ord.givet, ord.ord, tabell.granser, tabell.matt) else ord.ord end as rad
        from (select distinct tabell, tidpunkt, kalla, givet, ord from marts.tabellantal where rakning = 'ord') as ord
        left join staging.tabell as tabell on tabell.tabell = ord.tabell and tabell.tidpunkt = ord.tidpunkt
    )
),
summerade as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet, vikt, min(rad) as rad, bool_or(kon is null) as utan_kon,
        sum(antal) filter (kolumn = 'kvinnor') as kvinnor,
        sum(antal) filter (kolumn = 'man') as man,
        sum(antal) filter (kolumn = 'okant') as okant,
        sum(antal) as totalt
    from valda
    inner join ordrad using (tabell, tidpunkt, kalla, givet, ord)
    where rakning = 'ord'
    group by niva, id, tabell, fran, till, tidpunkt, givet, vikt
),
rader as (
    select niva, id, tabell, fran, till, givet, vikt, min(rad) as rad
    from summerade
    group by niva, id, tabell, fran, till, givet, vikt
),
celler as (
    select
        bas.*,
        rader.rad,
        rader.vikt,
        list_transform(
            [summerade.kvinnor, summerade.man, summerade.okant], lambda ett: case when not coalesce(summerade.utan_kon, false) then coalesce(ett, 0) end
        ) || [coalesce(summerade.totalt, 0)] as antal
    from rader
    inner join bas using (niva, id, tabell, fran, till, givet)
    left join summerade using (niva, id, tabell, fran, till, tidpunkt, givet, vikt)
),
-- Each person's number is looked at once: a median is of persons, not of the numbers that occur.
tal as (
    select niva, id, tabell, fran, till, tidpunkt, givet, kolumn, matt, unnest(list_resize([tal], antal, tal)) as tal
    from (
        select
            valda.niva, valda.id, valda.tabell, valda.fran, valda.till, valda.tidpunkt, valda.givet, tabell.matt, valda.antal,
            unnest([valda.kolumn, 'totalt']) as kolumn,
            cast(valda.ord as integer) as tal
        from valda
        inner join staging.tabell as tabell on tabell.tabell = valda.tabell and tabell.tidpunkt = valda.tidpunkt
        where tabell.matt is not null and valda.kalla = 'rader' and valda.rakning = 'ord'
    )
    where kolumn is not null
),
matt as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet, kolumn, matt, count(*) as antal,
        unnest([
            {'rad': 'kvartil_1', 'varde': quantile_cont(tal, 0.25)}, {'rad': 'median', 'varde': median(tal)},
            {'rad': 'kvartil_3', 'varde': quantile_cont(tal, 0.75)},
            {'rad': 'medel', 'varde': cast(sum(tal) as double) / count(*)}
        ], max_depth := 2)
    from tal
    group by niva, id, tabell, fran, till, tidpunkt, givet, kolumn, matt
),
fore_och_efter as (
    select efter.*, case when efter.tidpunkt = 'efter' and efter.insatser = fore.insatser then fore.antal end as fore
    from celler as efter
    left join (select * from celler where tidpunkt = 'fore') as fore using (niva, id, tabell, fran, till, givet, vikt)
),
alla_rader as (
    select
        * exclude (antal, fore, vikt, insatser, ar_stilla),
        unnest(['kvinnor', 'man', 'okant', 'totalt']) as kolumn,
        unnest(antal) as antal,
        true as ar_antal,
        unnest(list_transform([1, 2, 3, 4], lambda nr: antal[nr] - fore[nr])) as varde,
        'förändring' as enhet
    from fore_och_efter
    union all by name
    select bas.* exclude (insatser, ar_stilla), matt.kolumn, matt.rad, matt.antal, false as ar_antal, matt.varde, matt.matt as enhet
    from matt
    inner join bas using (niva, id, tabell, fran, till, tidpunkt, givet)
),
-- Of the flow everybody is known; a median is of those whose number is.
med_namnare as (
    select
        *,
        case
            when tabell = 'flode' then null
            when not ar_antal then antal
            when kolumn <> 'totalt' and kanda_utan_kon then null
            else coalesce(namnare[kolumn], {'kanda': 0, 'alla': null}).kanda
        end as kanda,
        case when kolumn = 'totalt' or not alla_utan_kon then namnare[kolumn].alla end as alla
    from alla_rader
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
    rad.tabell <> 'flode' and not coalesce(tabell.ar_flera, false) as summerar,
    0 as ofullstandig
from med_namnare as rad
left join staging.tabell as tabell on tabell.tabell = rad.tabell and tabell.tidpunkt = rad.tidpunkt
