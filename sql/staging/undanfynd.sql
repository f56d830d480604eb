-- One row per pair of tables and reason why rows of the one are passed over for rows of the other: how many, the first five
-- addresses, and what changed. In the shape of findings.
with rad as (
    select
        undan.tabell_id, undan.till_tabell, undan.kod, count(*) as antal,
        unnest(min(struct_pack(
            kallrad := undan.kallrad, del := undan.del, rad := undan.rad, positioner := undan.positioner, varden := undan.varden, sagda := undan.sagda,
            nr := case when not undan.ar_mangd then undan.andrade[1] end, andring := undan.andring
        ), 5)) as forst
    from undan
    where undan.kod is not null
    group by undan.tabell_id, undan.till_tabell, undan.kod
),

text as (
    select
        rad.tabell_id, rad.till_tabell, rad.kod, rad.antal, rad.forst, deklarerad.nr, deklarerad.rubrik as kolumn,
        cellplats(rad.forst.positioner[deklarerad.nr], rad.forst.rad) || case
            when rad.kod = 'ersatt' and rad.forst.nr is not null
                then ' ' || deklarerad.rubrik || coalesce(' ”' || visad(deklarerad.slag, rad.forst.varden[deklarerad.nr]) || '”', '')
                    || coalesce(' blev ”' || visad(deklarerad.slag, rad.forst.sagda[deklarerad.nr]) || '”', '')
            when rad.kod = 'ersatt' then coalesce(' ' || rad.forst.andring, '')
            else ''
        end as adress
    from rad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    inner join (select dataset, max(nr) filter (ar_nyckel and ar_krav) as nr from deklarerad group by dataset) as nyckel on nyckel.dataset = tabell.dataset
    inner join deklarerad on deklarerad.dataset = tabell.dataset and deklarerad.nr = coalesce(rad.forst.nr, nyckel.nr)
)

select
    text.tabell_id, min(text.forst.kallrad) as kallrad, arg_min(text.forst.rad, text.forst) as rad,
    arg_min(text.forst.positioner, text.forst) as positioner, arg_min(text.nr, text.forst) as nr, arg_min(text.kolumn, text.forst) as kolumn,
    cast(null as varchar) as varde, text.kod,
    any_value(text.antal) || case when any_value(text.antal) = 1 then ' rad (' else ' rader (' end
    || string_agg(text.adress, ', ' order by text.forst) || case when any_value(text.antal) > 5 then ' …' else '' end
    || ') har samma nyckel som i ' || any_value(till.fil) || coalesce(', ' || nullif(any_value(till.blad), ''), '') as detalj
from text
inner join inbox.tabell as till on till.tabell_id = text.till_tabell
group by text.tabell_id, text.till_tabell, text.kod
