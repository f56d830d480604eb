-- One row per figure that differs from the report before: what it was, what it is, and why.
--
-- A cause is something new that the figure rests on: a file that is new (late, if the figure's period was over when the
-- report before was made), a new version of a file with other rows of the insats, a correction of its rows; or another
-- definition of the goal or measure, or another setting of how deliveries are read. The insats's own row is under every
-- figure of it. If the figure or the file is gone, the datasets that its measure or result reads decide. A redefined
-- target is no file's doing. A new file often needs another tolkning, which is stated only if nothing else is new.
-- If a figure rests on nothing new, anything new of the insats may be the cause: a part, a möte, what made or unmade a
-- window. The day is the cause if a verdict turned when its period ended and the value did not change, and if nothing is
-- new of the insats: more of a period has passed.
with nyheter as (
    select andrad.*, nytt.slag, nytt.namn, nytt.fil, nytt.dataset, nytt.datum, nytt.hur, forra.till as forra_dag, forra.ar_annat_program
    from checks.andrad as andrad
    inner join checks.forra as forra on forra.insats_id = andrad.insats_id
    inner join checks.nytt as nytt on nytt.insats_id = andrad.insats_id
),
egna as (
    select nyheter.*
    from nyheter
    left join vilar_pa using (figur, fil, dataset)
    left join checks.laser as laser
        on laser.namn = nyheter.raknad_av
        and laser.dataset = nyheter.dataset
        and (nyheter.ar_borta or nyheter.hur = 'borta')
    where not (nyheter.kolumn = 'malvarde' and nyheter.ar_omdefinierad)
        and (
            vilar_pa.figur is not null
            or laser.namn is not null
            or nyheter.dataset = 'insats'
            or (nyheter.slag = 'installning' and nyheter.namn <> 'tolkning')
        )
),
insatsens as (
    select nyheter.*
    from nyheter
    anti join egna using (figur, kolumn)
    where not nyheter.ar_omdefinierad
        and (nyheter.ar_borta or nyheter.ar_ny or not nyheter.ar_annat_program)
        and not (
            not nyheter.ar_borta
            and not nyheter.ar_ny
            and nyheter.kolumn in ('status', 'utfall')
            and coalesce(nyheter.till between nyheter.forra_dag and getvariable('idag') - 1, false)
            and not exists (
                select 1 from checks.andrad as annan where annan.figur = nyheter.figur and annan.kolumn not in ('status', 'utfall')
            )
        )
),
orsaker as (
    select
        figur,
        kolumn,
        case
            when slag = 'korrigering' then 'korrigering'
            when slag = 'installning' then 'definition'
            when hur = 'andrad' then 'rattad_fil'
            when hur = 'borta' then 'borttagen_fil'
            when till < forra_dag then 'sen_fil'
            else 'ny_fil'
        end as orsak,
        namn,
        case
            when slag = 'korrigering' and hur = 'borta' then 'Korrigeringen av ' || namn || ' gäller inte längre'
            when slag = 'installning' then 'Inställningen ' || namn || ' i pipelinen är ändrad'
            when slag = 'korrigering' then 'Korrigering: ' || namn || ', beslutad ' || cast(datum as varchar)
            when hur = 'andrad' then 'Rättad fil: ' || namn || ', ny version mottagen ' || cast(datum as varchar)
            when hur = 'borta' then 'Filen ' || namn || ' ingår inte längre'
            when till < forra_dag then 'Sen fil: ' || namn || ', mottagen ' || cast(datum as varchar) || ' om en period som redan var slut'
            else 'Ny fil: ' || namn || ', mottagen ' || cast(datum as varchar)
        end as mening
    from (select * from egna union all select * from insatsens) as alla
    union all
    select figur, kolumn, 'definition', '', 'Målet eller måttet är definierat på ett annat sätt'
    from checks.andrad where ar_omdefinierad
),
samlat as (
    select
        figur,
        kolumn,
        string_agg(distinct orsak, ',' order by orsak) as orsak,
        list_sort(list(distinct mening)) as meningar
    from orsaker
    group by figur, kolumn
)
select
    andrad.insats_id,
    andrad.figur,
    andrad.kolumn,
    forra.till as jamfort_med,
    andrad.fore,
    andrad.efter,
    coalesce(samlat.orsak, case when forra.ar_annat_program then 'program' else 'tid' end) as orsak,
    case
        when len(samlat.meningar) > 4
            then array_to_string(samlat.meningar[:3], '; ') || '; och ' || cast(len(samlat.meningar) - 3 as varchar) || ' andra orsaker'
        when samlat.meningar is not null then array_to_string(samlat.meningar, '; ')
        when forra.ar_annat_program then 'Programmet räknar på ett annat sätt än i förra rapporten'
        else 'Bedömt ' || cast(getvariable('idag') as varchar) || ' i stället för ' || cast(forra.till as varchar)
    end || '.' as forklaring,
    andrad.ar_dold
from checks.andrad as andrad
inner join checks.forra as forra on forra.insats_id = andrad.insats_id
left join samlat on samlat.figur = andrad.figur and samlat.kolumn = andrad.kolumn
