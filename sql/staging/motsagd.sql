-- One row per row and column of which rows of its key say unlike things, and nobody can say which holds: what they say, and where.
with olik as (
    select hopslagen.nyckel, unnest(hopslagen.oeniga) as nr
    from hopslagen
),

sagd as (
    select
        olik.nyckel, olik.nr, enhet.varden[olik.nr] as varde, min(enhet.kallrad) as kallrad,
        arg_min(struct_pack(plats := enhet.rader[1], beskrivning := enhet.beskrivning, dataset := enhet.dataset), (enhet.kallrad, enhet.del)) as forst
    from olik
    inner join samnyckel as enhet on enhet.nyckel = olik.nyckel
    where enhet.varden[olik.nr] is not null
    group by olik.nyckel, olik.nr, enhet.varden[olik.nr]
    qualify row_number() over (partition by olik.nyckel, olik.nr order by min(enhet.kallrad)) <= 5
),

text as (
    select
        sagd.nyckel, sagd.nr, any_value(deklarerad.rubrik) as kolumn,
        case when any_value(sagd.forst.beskrivning) is null then any_value(deklarerad.rubrik) || ' är ' else '' end
        || string_agg(
            coalesce(sagd.forst.beskrivning, '”' || visad(deklarerad.slag, sagd.varde) || '”') || ' i ' || tabell.fil || coalesce(', ' || nullif(tabell.blad, ''), '')
            || ' ' || cellplats(sagd.forst.plats.positioner[sagd.nr], sagd.forst.plats.rad),
            ', ' order by sagd.kallrad
        ) as sagt
    from sagd
    inner join deklarerad on deklarerad.dataset = sagd.forst.dataset and deklarerad.nr = sagd.nr
    inner join inbox.tabell as tabell on tabell.tabell_id = sagd.forst.plats.tabell_id
    group by sagd.nyckel, sagd.nr
),

plats as (
    select enhet.nyckel, count(distinct enhet.fil) as filer
    from samnyckel as enhet
    group by enhet.nyckel
),

rad as (
    select enhet.nyckel, enhet.varden, enhet.ar_mangd, unnest(enhet.rader) as rad
    from samnyckel as enhet
    semi join olik on olik.nyckel = enhet.nyckel
)

select
    rad.rad.tabell_id, rad.rad.kallrad, rad.rad.rad, rad.rad.positioner, text.nr, text.kolumn, deklarerad.slag, rad.varden[text.nr] as sagt_varde,
    case when not rad.ar_mangd then visad(deklarerad.slag, rad.varden[text.nr]) end as varde, text.sagt || '. '
    || case when tabell.dataset = 'mote' then 'Är det två möten, ge dem var sitt nummer. ' else '' end
    || case when plats.filer = 1 then 'Rätta eller ta bort den som är fel.' else 'Rätta den som är fel, eller skriv i pipelinefilen vilken fil som ersätter den andra (ersatter).' end as detalj
from rad
inner join text on text.nyckel = rad.nyckel
inner join plats on plats.nyckel = rad.nyckel
inner join inbox.tabell as tabell on tabell.tabell_id = rad.rad.tabell_id
inner join deklarerad on deklarerad.dataset = tabell.dataset and deklarerad.nr = text.nr
