-- One row per figure of a total row that is not the sum of the rows above it.
--
-- Summa and Totalt are of all rows above; Delsumma of those since the last total row. "varav" is a part, not a sum.
-- A column with a cell that cannot be read is not compared: that cell has its own finding.
with celler as (
    select
        rad.tabell_id,
        rad.kallrad,
        kolumn.kolumn,
        coalesce(rad.overhoppad = 'summa', false) as ar_summa,
        lower(trim(list_filter(rad.celler, lambda cell: trim(cell) <> '')[1])) as ord,
        rad.celler[kolumn.cell + 1] as skrivet,
        case kolumn.slag
            when 'kr' then cast(sv_ore(rad.celler[kolumn.cell + 1], kolumn.enhet) as decimal(38, 6))
            else cast(sv_tal(rad.celler[kolumn.cell + 1]) as decimal(38, 6))
        end as tal
    from inbox.gallande as rad
    inner join checks.kolumn as kolumn on kolumn.tabell_id = rad.tabell_id
    where kolumn.slag in ('kr', 'heltal', 'tal')
        and (rad.overhoppad is null or rad.overhoppad = 'summa')
        and rad.tabell_id in (select tabell_id from inbox.rad where overhoppad = 'summa')
),
ordnade as (
    select *, coalesce(max(case when ar_summa then kallrad end) over (
        partition by tabell_id, kolumn order by kallrad rows between unbounded preceding and 1 preceding
    ), 0) as forra_summa
    from celler
),
summor as (
    select
        summa.kallrad,
        summa.kolumn,
        summa.skrivet,
        summa.tal,
        coalesce(sum(rader.tal), 0) as rader_tal,
        count(*) filter (not sv_saknas(rader.skrivet) and rader.tal is null) as antal_olasta
    from ordnade as summa
    left join celler as rader
        on rader.tabell_id = summa.tabell_id
        and rader.kolumn = summa.kolumn
        and not rader.ar_summa
        and rader.kallrad < summa.kallrad
        and (summa.ord <> 'delsumma' or rader.kallrad > summa.forra_summa)
    where summa.ar_summa and summa.tal is not null and not starts_with(summa.ord, 'varav')
    group by summa.kallrad, summa.kolumn, summa.skrivet, summa.tal
)
select
    kallrad,
    kolumn,
    skrivet as varde,
    replace(regexp_replace(cast(case when kolumn in ('belopp', 'manadskostnad', 'heltidskostnad', 'manadslon') then rader_tal * 0.01 else rader_tal end as varchar), '\.?0+$', ''), '.', ',') as detalj
from summor
where tal <> rader_tal and antal_olasta = 0
