-- One row per id that another one of its insats differs from by zeros before it alone.
--
-- A reference that was met by nothing is looked at too: 7 in one file is often 007 in the other.
with skrivet as (
    select kallrad, insats_id, 'deltagar_id' as kolumn, deltagar_id as id from staging.deltagare
    union all select kallrad, insats_id, 'deltagar_id', deltagar_id from staging.arende
    union all select kallrad, insats_id, 'faktura_id', faktura_id from staging.faktura
    union all select kallrad, insats_id, 'mote_id', mote_id from staging.mote
    union all select kallrad, insats_id, 'part_id', part_id from staging.part
    union all
    select kallrad, null, case detalj when 'Möte' then 'mote_id' else 'part_id' end, varde
    from checks.fynd where kod = 'okand_referens' and detalj in ('Möte', 'Part')
),
fyllt as (
    select min(kallrad) as kallrad, insats_id, kolumn, id
    from skrivet
    where id like '0%' and regexp_full_match(id, '0+[1-9]\d*')
    group by insats_id, kolumn, id
)
select fyllt.kallrad, fyllt.kolumn, fyllt.id as varde, min(annat.id) as detalj
from fyllt
inner join skrivet as annat
    on coalesce(annat.insats_id = fyllt.insats_id, true)
    and annat.kolumn = fyllt.kolumn
    and annat.id <> fyllt.id
    and ltrim(annat.id, '0') = ltrim(fyllt.id, '0')
    and length(annat.id) < length(fyllt.id)
group by all
