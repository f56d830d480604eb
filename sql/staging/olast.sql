-- One row per delivered row that its plain forms did not load, or per row that a mapped record gives: its cells in the order of its dataset's columns.
--
-- All rows of a mapped record are loaded, or none.
with rad as (
    select att_lasa.kallrad, att_lasa.tabell_id, att_lasa.rad, att_lasa.celler
    from att_lasa
    anti join inlast on inlast.kallrad = att_lasa.kallrad
)

select
    rad.kallrad, 0 as del, rad.tabell_id, rad.rad, tabell.dataset, tabell.positioner,
    list_transform(tabell.positioner, lambda plats: rad.celler[plats]) as celler, tabell.enheter
from rad
inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
where tabell.tabell_id not in (select utlagg.tabell_id from inbox.utlagg as utlagg)
union all
select
    utlagd.kallrad, utlagd.del, utlagd.tabell_id, utlagd.rad, utlagd.dataset, utlagd.positioner, utlagd.celler, utlagd.enheter
from utlagd
where utlagd.kallrad in (select rad.kallrad from rad)
