-- One row per delivered count that the rows for the same period do not give. Rows count; the count is checked. In a period
-- that no row falls in the count is what counts.
--
-- A count of deltagare may mean persons or entries: it is questioned only when it is neither.
with deltagare as (
    select
        antal.kallrad, 'totalt' as kolumn, coalesce(antal.totalt, antal.kvinnor + antal.man + coalesce(antal.okant, 0)) as varde,
        case antal.slag
            when 'deltagare'
                then count(distinct rad.deltagar_id) filter (rad.startdatum <= antal.till and coalesce(rad.slutdatum, date '9999-12-31') >= antal.fran)
            when 'nya' then count(*) filter (rad.startdatum between antal.fran and antal.till)
            else count(*) filter (rad.slutdatum between antal.fran and antal.till)
        end as rader,
        case when antal.slag = 'deltagare'
            then count(*) filter (rad.startdatum <= antal.till and coalesce(rad.slutdatum, date '9999-12-31') >= antal.fran)
        end as deltaganden
    from staging.deltagarantal as antal
    inner join marts.deltagande as rad on rad.insats_id = antal.insats_id and rad.utesluten is null
    where antal.slag in ('deltagare', 'nya', 'avslutade') and antal.fran <= getvariable('idag')
    group by antal.kallrad, antal.slag, antal.totalt, antal.kvinnor, antal.man, antal.okant
),
moten as (
    select antal.kallrad, 'antal' as kolumn, antal.antal as varde,
        count(*) filter (mote.ar_hallet) as rader
    from staging.moteantal as antal
    inner join marts.mote as mote on mote.insats_id = antal.insats_id and mote.motestyp = antal.motestyp
        and mote.datum between antal.fran and antal.till
    where antal.status = 'genomfort' and antal.fran <= getvariable('idag')
    group by all
),
narvaro as (
    select antal.kallrad, 'narvarande' as kolumn, antal.narvarande as varde,
        count(*) filter (rad.ar_hallet and rad.ar_kallad and rad.ar_narvarande) as rader
    from staging.narvaroantal as antal
    inner join marts.narvaro as rad on rad.insats_id = antal.insats_id and rad.part_id = antal.part_id
        and rad.datum between antal.fran and antal.till
    where antal.fran <= getvariable('idag')
    group by all
),
utfall as (
    select insats_id, fran, till, min(kallrad) as kallrad,
        coalesce(sum(antal) filter (kod is not null), 0) as alla,
        sum(antal) filter (ar_arbete_eller_studier(kod)) as arbete
    from marts.deltagarutfall
    where variabel = 'sysselsattning_efter'
    group by insats_id, fran, till
),
utfallsrader as (
    select utfall.kallrad, utfall.fran, utfall.till, utfall.alla, coalesce(utfall.arbete, 0) as arbete,
        count(*) filter (rad.ar_i_arbete_eller_studier_slut is not null) as rader_alla,
        count(*) filter (rad.ar_i_arbete_eller_studier_slut) as rader_arbete
    from utfall
    inner join marts.deltagande as rad
        on rad.insats_id = utfall.insats_id
        and rad.utesluten is null
        and rad.slutdatum between utfall.fran and utfall.till
    group by all
),
jamforda as (
    select kallrad, kolumn, varde, rader from deltagare where varde is distinct from deltaganden and rader > 0
    union all select kallrad, kolumn, varde, rader from moten
    union all select kallrad, kolumn, varde, rader from narvaro
)
select kallrad, kolumn, visad('tal', cast(varde as varchar)) as varde, cast(rader as varchar) as detalj
from jamforda
where varde <> rader
union all
select kallrad, 'antal' as kolumn, arbete || ' av ' || alla as varde, rader_arbete || ' av ' || rader_alla as detalj
from utfallsrader
where alla <> rader_alla or arbete <> rader_arbete
