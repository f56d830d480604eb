-- One row per figure that is another than in the report before: what it was, what it is, and why.
--
-- A figure is another because of what its rows rest on, now or in the report before: a file that is new (late, where its
-- period was over when the report before was made), a new version of a file, a correction; or because the goal or measure
-- is defined in another way, or the pipeline reads in another way. The insats's own row is under every figure of it. A target
-- that is defined in another way is so whatever was delivered. How tables are read (tolkning) is changed with many a new
-- file, so it is told of only where nothing that the figure rests on is new.
-- Where that says nothing, all that has changed of the insats may have done it: a part, a möte, what made or unmade a
-- window. The day itself has where a verdict turned when its period ended and its value did not, and where nothing else of
-- the insats is new: then more of a period has passed.
with par as (
    select
        coalesce(nu.insats_id, fore.insats_id) as insats_id,
        coalesce(nu.figur, fore.figur) as figur,
        coalesce(nu.kolumn, fore.kolumn) as kolumn,
        fore.varde as fore,
        nu.varde as efter,
        nu.till,
        nu.figur is null or fore.figur is null as ar_bara_i_en,
        list_concat(coalesce(nu.filer, []), coalesce(fore.filer, [])) as filer,
        nu.definition <> fore.definition as ar_omdefinierad,
        coalesce(fore.ar_dold, false) or coalesce(nu.ar_dold, false) as ar_dold
    from (
        select siffra.* from checks.siffra as siffra
        inner join checks.forra as forra on forra.insats_id = siffra.insats_id and forra.nr is not null
    ) as nu
    full join checks.forra_siffra as fore
        on fore.insats_id = nu.insats_id
        and fore.figur = nu.figur
        and fore.kolumn = nu.kolumn
    where nu.varde is distinct from fore.varde
),
nytt as (
    select
        coalesce(nu.insats_id, fore.insats_id) as insats_id,
        coalesce(nu.slag, fore.slag) as slag,
        coalesce(nu.namn, fore.namn) as namn,
        coalesce(nu.fil, fore.fil) as fil,
        coalesce(nu.datum, fore.datum) as datum,
        case when fore.namn is null then 'ny' when nu.namn is null then 'borta' else 'andrad' end as hur
    from checks.underlag_insats as nu
    full join checks.forra_underlag as fore
        on fore.insats_id = nu.insats_id
        and fore.slag = nu.slag
        and fore.namn = nu.namn
    where nu.varde is distinct from fore.varde
),
egna as (
    select par.figur, par.kolumn, nytt.slag, nytt.namn, nytt.datum, nytt.hur, par.till, forra.till as forra_dag
    from par
    inner join checks.forra as forra on forra.insats_id = par.insats_id
    inner join nytt on nytt.insats_id = par.insats_id
    where (list_contains(par.filer, nytt.fil) or (nytt.slag = 'installning' and nytt.namn <> 'tolkning'))
        and not (par.kolumn = 'malvarde' and coalesce(par.ar_omdefinierad, false))
),
insatsens as (
    select par.figur, par.kolumn, nytt.slag, nytt.namn, nytt.datum, nytt.hur, par.till, forra.till as forra_dag
    from par
    inner join checks.forra as forra on forra.insats_id = par.insats_id
    inner join nytt on nytt.insats_id = par.insats_id
    where not exists (select 1 from egna where egna.figur = par.figur and egna.kolumn = par.kolumn)
        and not coalesce(par.ar_omdefinierad, false)
        and (par.ar_bara_i_en or not forra.ar_annat_program)
        and not (
            not par.ar_bara_i_en
            and par.kolumn in ('status', 'utfall')
            and coalesce(par.till between forra.till and getvariable('idag') - 1, false)
            and not exists (
                select 1 from par as annan where annan.figur = par.figur and annan.kolumn not in ('status', 'utfall')
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
    from (
        select figur, kolumn, slag, namn, datum, hur, till, forra_dag from egna
        union all
        select figur, kolumn, slag, namn, datum, hur, till, forra_dag from insatsens
    ) as alla
    union all
    select figur, kolumn, 'definition', '', 'Målet eller måttet är definierat på ett annat sätt'
    from par where ar_omdefinierad
),
samlat as (
    select
        figur,
        kolumn,
        string_agg(distinct orsak, ',' order by orsak) as orsak,
        string_agg(distinct mening, '; ' order by mening) as mening
    from orsaker
    group by figur, kolumn
)
select
    par.insats_id,
    par.figur,
    par.kolumn,
    forra.till as jamfort_med,
    par.fore,
    par.efter,
    coalesce(samlat.orsak, case when forra.ar_annat_program then 'program' else 'tid' end) as orsak,
    coalesce(
        samlat.mening,
        case when forra.ar_annat_program then 'Programmet räknar på ett annat sätt än i förra rapporten'
            else 'Bedömt ' || cast(getvariable('idag') as varchar) || ' i stället för ' || cast(forra.till as varchar) end
    ) || '.' as forklaring,
    par.ar_dold
from par
inner join checks.forra as forra on forra.insats_id = par.insats_id
left join samlat on samlat.figur = par.figur and samlat.kolumn = par.kolumn
