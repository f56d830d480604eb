-- One row per economic report whose period is no calendar quarter, term or year: no forecast is made for it, so what it foresees stands
-- beside none.
select kallrad, 'till' as kolumn, fran || chr(8211) || till as varde, cast(null as varchar) as detalj
from staging.ekonomirapport
where not (
    till = last_day(till)
    and fran = cast(date_trunc('month', fran) as date)
    and year(fran) = year(till)
    and (month(fran), month(till)) in ((1, 3), (4, 6), (7, 9), (10, 12), (1, 6), (7, 12), (1, 12))
)
