-- One row per delivered row that its plain forms did not load, or per part of a wide row: its cells in the order of its dataset's columns.
--
-- A wide row gives a part only if the part holds a figure. All parts are loaded, or none.
-- A unit of a wide table is in its heading, which says what the column is: it is never read.
with rad as (
    select att_lasa.kallrad, att_lasa.tabell_id, att_lasa.rad, att_lasa.celler
    from att_lasa
    where att_lasa.kallrad not in (select inlast.kallrad from inlast)
),

del as (
    select
        rad.kallrad, utlagg.del, rad.tabell_id, rad.rad, utlagg.positioner, utlagg.konstanter, utlagg.kategori, utlagg.namn_fran, utlagg.namn_till,
        list_transform(utlagg.positioner, lambda plats: rad.celler[plats]) as celler
    from rad
    inner join inbox.utlagg as utlagg on utlagg.tabell_id = rad.tabell_id
    where len(list_filter(
        utlagg.positioner,
        lambda plats: plats > 0 and plats <> utlagg.kategoricell and not sv_saknas(rad.celler[plats])
    )) > 0
)

select
    rad.kallrad, 0 as del, rad.tabell_id, rad.rad, tabell.dataset, tabell.positioner,
    list_transform(tabell.positioner, lambda plats: rad.celler[plats]) as celler, tabell.enheter
from rad
inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
where tabell.tabell_id not in (select utlagg.tabell_id from inbox.utlagg as utlagg)
union all
select
    del.kallrad, del.del, del.tabell_id, del.rad, tabell.dataset, del.positioner,
    list_transform(
        del.celler,
        lambda skrivet, nr: coalesce(
            del.konstanter[nr],
            case when nr = del.kategori then del.namn_till[list_position(del.namn_fran, sv_vik(skrivet))] end,
            skrivet
        )
    ) as celler,
    cast([] as varchar[]) as enheter
from del
inner join inbox.tabell as tabell on tabell.tabell_id = del.tabell_id
