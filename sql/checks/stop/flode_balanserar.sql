-- One row per flow of deltaganden whose counts do not add up: those there at the start and the new are those who ended and those who go on.
--
-- Months follow each other: those who go on when one ends are there when the next begins.
with floden as (
    select
        niva, id, fran, till, kolumn,
        sum(antal) filter (rad in ('pagaende_vid_start', 'nya')) as fran_start,
        sum(antal) filter (rad in ('avslutade', 'pagaende_vid_slut')) as till_slut
    from results.deltagartabell
    where tabell = 'flode'
    group by niva, id, fran, till, kolumn
    having count(antal) = 4
),
manader as (
    select insats_id, fran, till,
        coalesce(sum(antal) filter (ord = 'pagaende_vid_start'), 0) as vid_start,
        coalesce(sum(antal) filter (ord = 'pagaende_vid_slut'), 0) as vid_slut
    from marts.tabellantal where tabell = 'flode' and slag = 'manad' and kalla = 'rader'
    group by insats_id, fran, till
)
select niva, id, fran, till, kolumn, fran_start, till_slut from floden where fran_start <> till_slut
union all
select 'insats' as niva, forra.insats_id as id, denna.fran, denna.till, 'totalt' as kolumn, forra.vid_slut as fran_start, denna.vid_start as till_slut
from manader as forra
inner join manader as denna on denna.insats_id = forra.insats_id and denna.fran = forra.till + 1
where forra.vid_slut <> denna.vid_start
