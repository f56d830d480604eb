-- One row per id of a person or an invoice that another one of its insats differs from by zeros before it alone.
with skrivet as (
    select kallrad, insats_id, 'deltagar_id' as kolumn, deltagar_id as id from staging.deltagare
    union all select kallrad, insats_id, 'deltagar_id', deltagar_id from staging.arende
    union all select kallrad, insats_id, 'faktura_id', faktura_id from staging.faktura
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
    on annat.insats_id = fyllt.insats_id
    and annat.kolumn = fyllt.kolumn
    and annat.id <> fyllt.id
    and ltrim(annat.id, '0') = ltrim(fyllt.id, '0')
    and length(annat.id) < length(fyllt.id)
group by all
