-- One row per id that another one of its insats differs from by zeros, capitals, blanks or separators alone.
--
-- A reference that was met by nothing is looked at too: 7 in one file is often 007 in the other. A separator between a letter and
-- a digit says nothing (D-7, D 7, D7); one between digits does (1-21 is not 12-1).
with skrivet as (
    select kallrad, insats_id, 'deltagar_id' as kolumn, deltagar_id as id from staging.deltagare
    union all select kallrad, insats_id, 'deltagar_id', deltagar_id from staging.arende
    union all select kallrad, insats_id, 'faktura_id', faktura_id from staging.faktura
    union all select kallrad, insats_id, 'mote_id', mote_id from staging.mote
    union all select kallrad, insats_id, 'part_id', part_id from staging.part
    union all
    select fynd.kallrad, rad.insats_id, case fynd.detalj when 'Möte' then 'mote_id' else 'part_id' end, fynd.varde
    from checks.fynd as fynd inner join marts.bortfall as rad on rad.kallrad = fynd.kallrad
    where fynd.kod = 'okand_referens' and fynd.detalj in ('Möte', 'Part')
),
id as (
    select min(kallrad) as kallrad, insats_id, kolumn, id from skrivet where id is not null group by insats_id, kolumn, id
),
vikt as (
    select *,
        regexp_replace(regexp_replace(regexp_replace(lower(id), '(\p{L})[\s._/-]+(\d)', '\1\2', 'g'),
            '[\s._/-]+', '-', 'g'), '(^|\D)0+(\d)', '\1\2', 'g') as grund
    from id
)
select vikt.kallrad, vikt.kolumn, vikt.id as varde, min(annat.id) as detalj
from vikt
inner join vikt as annat
    on annat.insats_id = vikt.insats_id
    and annat.kolumn = vikt.kolumn
    and annat.grund = vikt.grund
    and annat.id <> vikt.id
    and (length(annat.id) < length(vikt.id) or (length(annat.id) = length(vikt.id) and annat.kallrad < vikt.kallrad))
group by all
