-- One row per whole (insats, förbund, modell, all), table of participants, period, moment, row of the table and column.
--
-- An insats has a table for the whole, for each calendar year, and for each period that totals are delivered for; its flow for
-- each month too in which somebody comes or goes. What insatser have in common is calendar years, and for all of them months. Rows are
-- counted where they state the variable, else the delivered totals; those of whom nothing is stated count in the coverage.
-- Each table has women, men, unknown and all. antal is null where some total does not state kön, never 0.
-- The denominator is those of whom something is stated, tackningsgrad their share of all that it is asked of.
-- varde of an after row is the change in number since before, where the same insatser state both: a change is no effect.
with kallor as (
    select
        insats_id, tabell, tidpunkt, fran, till,
        case
            when bool_or(kalla = 'rader' and (rakning = 'kanda' or tabell = 'flode')) then 'rader'
            when bool_or(kalla = 'summor' and rakning = 'ord') then 'summor'
            else min(kalla)
        end as kalla
    from marts.tabellantal
    group by insats_id, tabell, tidpunkt, fran, till
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
valda as (
    select
        niva.niva, niva.id, antal.insats_id, antal.kalla, antal.tabell, antal.tidpunkt, antal.slag, antal.kon, antal.givet, antal.rakning, antal.ord, antal.antal,
        case when niva.niva = 'insats' then antal.fran when antal.slag = 'ar' then cast(date_trunc('year', antal.fran) as date) else cast(date_trunc('month', antal.fran) as date) end as fran,
        case when niva.niva = 'insats' then antal.till when antal.slag = 'ar' then make_date(year(antal.fran), 12, 31) else last_day(antal.fran) end as till,
        unnest([tabellkolumn(antal.kon), 'totalt']) as kolumn
    from marts.tabellantal as antal
    inner join marts.insatsniva as niva on niva.insats_id = antal.insats_id
    inner join kallor
        on kallor.insats_id = antal.insats_id
        and kallor.tabell = antal.tabell
        and kallor.tidpunkt = antal.tidpunkt
        and kallor.fran = antal.fran
        and kallor.till = antal.till
        and kallor.kalla = antal.kalla
    left join forsta on forsta.insats_id = antal.insats_id and forsta.fran = antal.fran and forsta.till = antal.till
    where case when niva.niva = 'insats' then antal.slag = coalesce(forsta.slag, 'annan') else antal.slag = 'ar' or (antal.slag = 'manad' and niva.niva = 'alla') end
        and (niva.niva = 'insats' or antal.tabell <> 'flode' or (antal.insats_id, antal.fran, antal.till) in (select (insats_id, fran, till) from hela_floden))
),
bas as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet,
        any_value(slag) as slag,
        bool_or(kon is null and rakning = 'kanda') as kanda_utan_kon,
        bool_or(kon is null and rakning = 'alla') as alla_utan_kon,
        list_sort(list(distinct insats_id) filter (rakning <> 'alla')) as insatser
    from valda
    group by niva, id, tabell, fran, till, tidpunkt, givet
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
    from valda
    where kolumn is not null
    group by niva, id, insats_id, tabell, fran, till, tidpunkt, givet, kolumn
),
namnare as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet, kolumn, true as ar_nagon,
        case when count(kanda) = count(*) and not (kolumn <> 'totalt' and any_value(kanda_utan_kon)) then sum(kanda) end as kanda,
        case when count(alla) = count(*) and not (kolumn <> 'totalt' and any_value(alla_utan_kon)) then sum(alla) end as alla
    from varje
    inner join bas using (niva, id, tabell, fran, till, tidpunkt, givet)
    group by niva, id, tabell, fran, till, tidpunkt, givet, kolumn
),
raknade as (
    select
        valda.niva, valda.id, valda.tabell, valda.fran, valda.till, valda.tidpunkt, valda.givet, valda.kolumn,
        case when valda.kalla = 'rader' then tabellrad(valda.givet, valda.ord, tabell.granser, tabell.matt) else valda.ord end as rad,
        sum(valda.antal) as antal,
        bool_or(valda.kon is null) as utan_kon
    from valda
    left join staging.tabell as tabell on tabell.tabell = valda.tabell and tabell.tidpunkt = valda.tidpunkt
    where valda.rakning = 'ord' and valda.kolumn is not null
    group by all
),
-- Spellings of one word are one row.
rader as (
    select niva, id, tabell, fran, till, givet, tabellvikt(rad) as vikt, min(rad) as rad
    from raknade
    group by niva, id, tabell, fran, till, givet, tabellvikt(rad)
),
summerade as (
    select niva, id, tabell, fran, till, tidpunkt, givet, kolumn, tabellvikt(rad) as vikt, sum(antal) as antal, bool_or(utan_kon) as utan_kon
    from raknade
    group by niva, id, tabell, fran, till, tidpunkt, givet, kolumn, tabellvikt(rad)
),
celler as (
    select
        rader.*,
        bas.tidpunkt,
        bas.insatser,
        kolumn.kolumn,
        case when kolumn.kolumn = 'totalt' or not coalesce(hel.utan_kon, false) then coalesce(summerade.antal, 0) end as antal
    from rader
    inner join bas using (niva, id, tabell, fran, till, givet)
    cross join (select unnest(['kvinnor', 'man', 'okant', 'totalt']) as kolumn) as kolumn
    left join summerade using (niva, id, tabell, fran, till, tidpunkt, givet, kolumn, vikt)
    left join summerade as hel
        on hel.niva = rader.niva
        and hel.id = rader.id
        and hel.tabell = rader.tabell
        and hel.fran = rader.fran
        and hel.till = rader.till
        and hel.tidpunkt = bas.tidpunkt
        and hel.givet = rader.givet
        and hel.vikt = rader.vikt
        and hel.kolumn = 'totalt'
    where not (bas.slag = 'manad' and bas.tabell = 'flode') or (bas.niva, bas.id, bas.fran) in (
        select (niva, id, fran) from valda where slag = 'manad' and ord in ('nya', 'avslutade') and antal > 0
    )
),
-- Each person's number is looked at once: a median is of persons, not of the numbers that occur.
tal as (
    select
        valda.niva, valda.id, valda.tabell, valda.fran, valda.till, valda.tidpunkt, valda.givet, valda.kolumn, tabell.matt,
        unnest(list_resize([cast(valda.ord as integer)], valda.antal, cast(valda.ord as integer))) as tal
    from valda
    inner join staging.tabell as tabell on tabell.tabell = valda.tabell and tabell.tidpunkt = valda.tidpunkt
    where tabell.matt is not null and valda.kalla = 'rader' and valda.rakning = 'ord' and valda.kolumn is not null
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
alla_rader as (
    select
        niva, id, tabell, fran, till, tidpunkt, givet, kolumn, rad, antal, true as ar_antal,
        case
            when tidpunkt = 'efter' and insatser = max(insatser) filter (tidpunkt = 'fore') over samma
                then antal - max(antal) filter (tidpunkt = 'fore') over samma
        end as varde,
        case when tidpunkt = 'efter' then 'förändring' end as enhet
    from celler
    window samma as (partition by niva, id, tabell, fran, till, givet, vikt, kolumn)
    union all
    select niva, id, tabell, fran, till, tidpunkt, givet, kolumn, rad, antal, false, varde, matt from matt
),
-- Of the flow everybody is known; a median is of those whose number is.
med_namnare as (
    select
        rad.*,
        case
            when rad.tabell = 'flode' then null
            when not rad.ar_antal then rad.antal
            when namnare.ar_nagon is null and not bas.kanda_utan_kon then 0
            else namnare.kanda
        end as kanda,
        namnare.alla
    from alla_rader as rad
    inner join bas using (niva, id, tabell, fran, till, tidpunkt, givet)
    left join namnare using (niva, id, tabell, fran, till, tidpunkt, givet, kolumn)
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
