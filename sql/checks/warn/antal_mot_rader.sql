-- One row per delivered count that the rows for the same period do not give. Rows count; the count is checked.
--
-- A count of deltagare may mean persons or entries: it is questioned only when it is neither.
with deltagare as (
    select
        antal.kallrad,
        'totalt' as kolumn,
        coalesce(antal.totalt, antal.kvinnor + antal.man + coalesce(antal.okant, 0)) as varde,
        antal.slag,
        count(distinct rad.deltagar_id) filter (rad.startdatum <= antal.till and coalesce(rad.slutdatum, date '9999-12-31') >= antal.fran) as personer,
        count(*) filter (rad.startdatum <= antal.till and coalesce(rad.slutdatum, date '9999-12-31') >= antal.fran) as deltaganden,
        count(*) filter (rad.startdatum between antal.fran and antal.till) as nya,
        count(*) filter (rad.slutdatum between antal.fran and antal.till) as avslutade
    from staging.deltagarantal as antal
    inner join marts.deltagande as rad on rad.insats_id = antal.insats_id and not rad.ar_felregistrerad
    where antal.slag in ('deltagare', 'nya', 'avslutade')
    group by all
),
moten as (
    select antal.kallrad, 'antal' as kolumn, antal.antal as varde,
        count(*) filter (mote.ar_hallet and mote.datum between antal.fran and antal.till) as rader
    from staging.moteantal as antal
    inner join marts.mote as mote on mote.insats_id = antal.insats_id and mote.motestyp = antal.motestyp
    where antal.status = 'genomfort'
    group by all
),
narvaro as (
    select antal.kallrad, 'narvarande' as kolumn, antal.narvarande as varde,
        count(*) filter (rad.ar_kallad and rad.ar_narvarande and rad.datum between antal.fran and antal.till) as rader
    from staging.narvaroantal as antal
    inner join marts.narvaro as rad on rad.insats_id = antal.insats_id and rad.part_id = antal.part_id
    group by all
),
jamforda as (
    select kallrad, kolumn, varde, case slag when 'deltagare' then personer when 'nya' then nya else avslutade end as rader
    from deltagare
    where varde is not null and not (slag = 'deltagare' and varde = deltaganden)
    union all
    select kallrad, kolumn, varde, rader from moten
    union all
    select kallrad, kolumn, varde, rader from narvaro
)
select
    kallrad,
    kolumn,
    replace(regexp_replace(cast(varde as varchar), '\.0+$', ''), '.', ',') as varde,
    cast(rader as varchar) as detalj
from jamforda
where varde <> rader
