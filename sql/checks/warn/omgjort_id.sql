-- One row per id that a spreadsheet program has made something else of: a number with an exponent,
-- or a date, where the others of its table are none.
with skrivet as (
    select kallrad, 'deltagar_id' as kolumn, deltagar_id as id from staging.deltagare
    union all select kallrad, 'deltagar_id', deltagar_id from staging.arende
    union all select kallrad, 'faktura_id', faktura_id from staging.faktura
    union all select kallrad, 'mote_id', mote_id from staging.mote
    union all select kallrad, 'mote_id', mote_id from staging.narvaro
    union all select kallrad, 'part_id', part_id from staging.part
    union all select kallrad, 'leverabel_id', leverabel_id from staging.leverabel
),
sedd as (
    select skrivet.kallrad, skrivet.kolumn, skrivet.id, rad.tabell_id,
        case
            when skrivet.id ilike '%e+%' and regexp_full_match(skrivet.id, '\d([.,]\d+)?[eE]\+\d+') then 'ett avrundat tal'
            when skrivet.id like '____-__-__%' and regexp_full_match(skrivet.id, '\d{4}-\d\d-\d\d( 00:00(:00)?)?') then 'ett datum'
            when skrivet.id like '%-%' and regexp_full_match(lower(skrivet.id), '(\d{1,2}-)?(jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)(-\d{2})?')
                then 'ett datum'
        end as blev
    from skrivet
    inner join inbox.rad as rad on rad.kallrad = skrivet.kallrad
)
select kallrad, kolumn, id as varde, blev as detalj
from sedd
qualify blev = 'ett avrundat tal' or (blev = 'ett datum' and bool_or(blev is null) over (partition by tabell_id, kolumn))
