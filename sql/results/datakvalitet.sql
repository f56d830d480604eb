-- One row per finding, in the order of the files: where it is, what it is, what to do.
--
-- The template is cut at its own braces, so that a value with braces in it is not filled in.
select
    tabell.leverans,
    row_number() over (
        partition by tabell.leverans
        order by
            tabell.fil, tabell.blad, tabell.tabell, fynd.rad nulls first, fynd.cell nulls first, fynd.kod, fynd.varde, fynd.kolumn, fynd.detalj
    ) as nr,
    tabell.fil,
    nullif(tabell.blad, '') as blad,
    fynd.rad,
    kolumnbokstav(fynd.cell) || cast(fynd.rad as varchar) as cell,
    fynd.kolumn,
    fynd.varde,
    fynd.kod,
    kod.allvar,
    array_to_string(list_transform(string_split(kod.mall, '{'), lambda del: case
        when starts_with(del, 'kolumn}') then coalesce(fynd.kolumn, '') || substr(del, 8)
        when starts_with(del, 'varde}') then coalesce(left(fynd.varde, 80), '') || substr(del, 7)
        when starts_with(del, 'detalj}') then coalesce(fynd.detalj, '') || substr(del, 8)
        else del
    end), '') as meddelande
from checks.fynd as fynd
inner join inbox.tabell as tabell on tabell.tabell_id = fynd.tabell_id
inner join checks.kod as kod on kod.kod = fynd.kod
