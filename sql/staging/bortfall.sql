-- One row per row of `last` that no figure counts: what can be read of it, and in which columns nobody knows what stands.
--
-- A cell says nothing if something is wrong with it, or if a row's fault may be in it: a period that ends before it begins has
-- one wrong end, and surplus cells may have moved the others. A reference keeps what it says: it may be to another refused
-- row. A blank that is no fault is known to be blank. A date that
-- cannot be read may still say its year (`startdatum.ar`).
with fel as (
    select
        fynd.kallrad, list(distinct fynd.kod) as koder,
        list(distinct fynd.cell) filter (where fynd.kod not in ('dubblett', 'motstridig', 'okand_referens')) as celler
    from checks.fel as fynd
    group by fynd.kallrad
),

cell as (
    select
        last.kallrad, last.del, deklarerad.kolumn, deklarerad.slag, last.celler[deklarerad.nr] as skrivet, last.varden[deklarerad.nr] as varde,
        coalesce(last.koder[deklarerad.nr] is not null, false)
        or coalesce(last.noter[deklarerad.nr] = 'okant_ord', false)
        or coalesce(list_contains(fel.celler, last.positioner[deklarerad.nr] - 1), false)
        or coalesce(list_contains(fel.koder, 'overtaliga_celler'), false)
        or (coalesce(list_contains(fel.koder, 'bakvand_period'), false) and deklarerad.slag in ('fran', 'till', 'helhet', 'datum'))
        or (coalesce(list_contains(fel.koder, 'inget_varde'), false) and deklarerad.slag in ('kr', 'timmar', 'heltal')) as ar_okand
    from last
    inner join deklarerad on deklarerad.dataset = last.dataset
    left join fel on fel.kallrad = last.kallrad
),

artal as (
    select
        cell.kallrad, cell.del, cell.kolumn || '.ar' as kolumn,
        list_distinct(regexp_extract_all(cell.skrivet, '(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[0-9]{4})?(?:$|[^0-9])', 1)) as ar_tal
    from cell
    where cell.ar_okand and cell.slag in ('fran', 'till', 'datum')
),

uppgift as (
    select cell.kallrad, cell.del, cell.kolumn, cell.varde, cell.ar_okand
    from cell
    where cell.ar_okand or cell.varde is not null
    union all
    select artal.kallrad, artal.del, artal.kolumn, artal.ar_tal[1] as varde, false as ar_okand
    from artal
    where len(artal.ar_tal) = 1
),

samlad as (
    select
        uppgift.kallrad, uppgift.del,
        map_from_entries(list({'kolumn': uppgift.kolumn, 'varde': uppgift.varde} order by uppgift.kolumn) filter (where not uppgift.ar_okand)) as varden,
        list(uppgift.kolumn order by uppgift.kolumn) filter (where uppgift.ar_okand) as okanda
    from uppgift
    group by uppgift.kallrad, uppgift.del
)

select
    last.kallrad, last.del, last.tabell_id, tabell.leverans, last.dataset, ej_raknad.skal,
    coalesce(samlad.varden, map {}) as varden,
    coalesce(samlad.okanda, []) as okanda
from last
inner join ej_raknad on ej_raknad.kallrad = last.kallrad
inner join inbox.tabell as tabell on tabell.tabell_id = last.tabell_id
left join samlad on samlad.kallrad = last.kallrad and samlad.del = last.del
