-- One row per row of `samrad` that says what another of its key and table says, but for the text of a column that is not read.
--
-- A möte that is known by its day is another where its hour is. In the shape of findings. What a rule reads in a mapped table is read.
with utlagd as (
    select utlagg.tabell_id, list_append(flatten(flatten(list(list_transform(utlagg.kallor, lambda kalla: kalla.celler)))), any_value(utlagg.kategori)) as celler,
        bool_or(utlagg.kallor[2].celler = utlagg.kallor[3].celler) as ar_dag
    from inbox.utlagg as utlagg
    group by utlagg.tabell_id
),

cell as (
    select
        tabell.dataset = 'mote' as ar_mote, utlagd.ar_dag, samrad.nyckel, samrad.varden, samrad.kallrad, samrad.rader[1] as plats, tabell.rubriker, list_concat(samrad.rader[1].positioner, utlagd.celler) as lasta,
        unnest(range(1, len(post.celler) + 1)) as plats_nr, unnest(post.celler) as skrivet
    from samrad
    inner join inbox.gallande as post on post.kallrad = samrad.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = post.tabell_id
    left join utlagd on utlagd.tabell_id = post.tabell_id
),

olast as (
    select *, count(distinct cell.skrivet) over (partition by cell.nyckel, cell.plats.tabell_id, cell.varden, cell.plats_nr) as olika
    from cell
    where not list_contains(cell.lasta, cell.plats_nr)
        and case when cell.ar_mote then cell.ar_dag and regexp_matches(cell.skrivet, '^\d{1,2}[:.]\d\d') else regexp_matches(cell.skrivet, '\p{L}') end
)

select
    olast.plats.tabell_id, olast.kallrad, olast.plats.rad, [olast.plats_nr] as positioner, 1 as nr, olast.rubriker[olast.plats_nr] as kolumn,
    olast.skrivet as varde, 'skild_i_olast' as kod, cast(null as varchar) as detalj
from olast
where olast.olika > 1
qualify row_number() over (partition by olast.kallrad order by olast.plats_nr) = 1
