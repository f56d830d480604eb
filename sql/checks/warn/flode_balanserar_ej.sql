-- One row per delivered count that does not fit the others: more are new, or have ended, than take part; or those who go on when one
-- period ends are not those who are there when the next begins.
--
-- All that take part less those who ended go on; all that take part less the new were there before. A count of pågående may mean
-- all that take part or those who go on: it is questioned only when it is neither. Findings are public, so no count is told.
with perioder as (
    select
        insats_id, fran, till,
        max(antal) filter (slag = 'deltagare') as deltagare,
        max(antal) filter (slag = 'nya') as nya,
        max(antal) filter (slag = 'avslutade') as avslutade,
        max(antal) filter (slag = 'pagaende') as pagaende,
        min(kallrad) filter (slag = 'deltagare') as kallrad
    from marts.deltagarantal_helt
    group by insats_id, fran, till
),
foljande as (
    select *, fran = lag(till) over (partition by insats_id order by till, fran) + 1 as ar_nasta,
        lag(deltagare - avslutade) over (partition by insats_id order by till, fran) as kvar
    from perioder where deltagare is not null and nya is not null and avslutade is not null
)
select kallrad, 'totalt' as kolumn, cast(null as varchar) as varde, 'fler är nya eller avslutade än som deltar i perioden' as detalj
from perioder
where deltagare < greatest(nya, avslutade)
union all
select kallrad, 'totalt' as kolumn, cast(null as varchar) as varde, 'pågående är varken alla som deltar eller de som är kvar efter perioden' as detalj
from perioder
where pagaende not in (deltagare, deltagare - avslutade)
union all
select kallrad, 'totalt' as kolumn, cast(null as varchar) as varde, 'de som blev kvar efter perioden före är inte lika många som de som deltog redan när den här började' as detalj
from foljande
where ar_nasta and kvar <> deltagare - nya
