-- One row per delivered outcome that the rows for the same period give another number of, where the rows state the variable.
--
-- Groups of numbers are compared where both name the same group. A table that groups the words of another is not asked again. Findings are public, so no count is told.
with rader as (
    select
        antal.insats_id, antal.fran, antal.till, tabell.utfall, tabell.granser is not null as har_granser, antal.kvinnor, antal.man, antal.okant,
        tabellvikt(tabellrad('', antal.ord, tabell.granser, tabell.matt)) as vikt,
        tabell.ar_skrivet, antal.antal, antal.rakning
    from marts.tabellantal as antal
    inner join staging.tabell as tabell on tabell.tabell = antal.tabell and tabell.tidpunkt = antal.tidpunkt
    where antal.kalla = 'rader' and len(tabell.ord) = 0 and tabell.utfall is not null and antal.slag <> 'manad'
    qualify antal.slag = min(antal.slag) over (partition by antal.insats_id, tabell.utfall, antal.fran, antal.till)
),
perioder as (
    select distinct insats_id, fran, till, utfall, har_granser, ar_skrivet from rader where rakning = 'kanda'
),
jamforda as (
    select
        utfall.kallrad, utfall.antal, perioder.har_granser,
        sum(case utfall.kon when 'kvinna' then rader.kvinnor when 'man' then rader.man when 'okant' then rader.okant else rader.antal end) as rader
    from marts.deltagarutfall as utfall
    inner join perioder
        on perioder.insats_id = utfall.insats_id
        and perioder.utfall = utfall.variabel
        and perioder.fran = utfall.fran
        and perioder.till = utfall.till
    left join rader
        on rader.insats_id = utfall.insats_id
        and rader.utfall = utfall.variabel
        and rader.fran = utfall.fran
        and rader.till = utfall.till
        and rader.rakning = 'ord'
        and rader.vikt = tabellvikt(case when perioder.ar_skrivet then sv_trim(utfall.varde) else utfall.kod end)
    where utfall.kod is not null and utfall.kod <> 'felregistrering'
    group by utfall.rad_id, utfall.kallrad, utfall.antal, perioder.har_granser
)
select kallrad, 'antal' as kolumn, cast(null as varchar) as varde, cast(null as varchar) as detalj
from jamforda
where antal <> coalesce(rader, 0) and not (har_granser and rader is null)
