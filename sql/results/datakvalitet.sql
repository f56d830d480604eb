-- One row per finding, in the order of the files: where it is, what it is, what to do.
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
    fyndtext(kod.mall, fynd.kolumn, fynd.varde, fynd.detalj) as meddelande
from checks.fynd as fynd
inner join inbox.tabell as tabell on tabell.tabell_id = fynd.tabell_id
inner join checks.kod as kod on kod.kod = fynd.kod
