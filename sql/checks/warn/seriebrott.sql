-- One row per delivered total whose period holds a series break, and per first total after a break that others precede.
--
-- Before and after are counted in different ways: they are neither added nor compared, and somebody should know.
with antal as (
    select insats_id, 'deltagarantal' as dataset, 'totalt' as kolumn, fran, till, kallrad from staging.deltagarantal
    union all select insats_id, 'deltagarutfall', 'antal', fran, till, kallrad from staging.deltagarutfall
),
lage as (
    select
        antal.insats_id,
        antal.dataset,
        antal.kolumn,
        antal.fran,
        antal.till,
        antal.kallrad,
        brott.datum,
        antal.fran < brott.datum and antal.till >= brott.datum as ar_over,
        bool_or(antal.till < brott.datum) over (partition by antal.insats_id, antal.dataset, brott.datum) as har_fore,
        row_number() over (
            partition by antal.insats_id, antal.dataset, brott.datum, antal.fran >= brott.datum order by antal.fran, antal.kallrad
        ) as nr
    from antal
    inner join staging.seriebrott as brott on brott.insats_id = antal.insats_id
)
select
    kallrad,
    kolumn,
    cast(fran as varchar) || '–' || cast(till as varchar) as varde,
    cast(datum as varchar) as detalj
from lage
where ar_over or (har_fore and fran >= datum and nr = 1)
