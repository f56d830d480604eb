-- One row per total whose period begins within that of another of its kind and ends after it: neither is within the other, so they
-- are not added, and no longer period can be made of them.
with antal as (
    select kallrad, insats_id, 'deltagarantal' as dataset, slag as serie, fran, till from staging.deltagarantal
    union all select kallrad, insats_id, 'moteantal', motestyp || status, fran, till from staging.moteantal
    union all select kallrad, insats_id, 'narvaroantal', part_id, fran, till from staging.narvaroantal
)
select senare.kallrad, 'fran' as kolumn, senare.fran || '–' || senare.till as varde, min(tidigare.fran || '–' || tidigare.till) as detalj
from antal as senare
inner join antal as tidigare
    on tidigare.insats_id = senare.insats_id and tidigare.dataset = senare.dataset and tidigare.serie = senare.serie
    and tidigare.fran < senare.fran and tidigare.till between senare.fran and senare.till - 1
group by all
