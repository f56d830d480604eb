-- One row per figure of a table of participants and delivered row: counted, or one of those that it is a share of.
--
-- Totals are traced where no row of the register states the variable. A person is in many figures, so only those that are asked
-- for (sokt) are looked at.
with figurer as (
    select
        figur.resultat_id, figur.tabell, figur.tidpunkt, figur.rad, figur.kolumn, niva.insats_id,
        coalesce(period.fran, figur.fran) as fran,
        coalesce(period.till, figur.till) as till,
        (niva.insats_id, figur.tabell, figur.tidpunkt, coalesce(period.fran, figur.fran), coalesce(period.till, figur.till)) in (
            select (insats_id, tabell, tidpunkt, fran, till) from marts.tabellantal where kalla = 'rader' and (rakning = 'kanda' or tabell = 'flode')
        ) as ur_rader
    from results.deltagartabell as figur
    inner join marts.insatsniva as niva on niva.niva = figur.niva and niva.id = figur.id
    left join marts.tabellperiod as period
        on figur.niva <> 'insats'
        and period.insats_id = niva.insats_id
        and period.slag = case when month(figur.till) = month(figur.fran) then 'manad' else 'ar' end
        and period.hel_fran = figur.fran
    where figur.resultat_id in (select till from sokt)
),
ur_rader as (
    select
        figur.resultat_id, figur.rad, figur.tabell, rad.kallrad, rad.utesluten, tabell.matt,
        coalesce(tabell.variabel, 'startdatum') as kolumn,
        case when figur.tabell = 'flode' then [
            case when rad.startdatum < figur.fran then 'pagaende_vid_start' else 'nya' end,
            case when coalesce(rad.slutdatum <= figur.till, false) then 'avslutade' else 'pagaende_vid_slut' end
        ] else flatten(list_transform(
            case when tabell.givet is null then [''] else list_filter(rad.varden[tabell.givet], lambda ett: ett is not null) end,
            lambda givet: list_transform(
                tabellord(rad.varden[tabell.variabel], tabell.ord, tabell.grupp), lambda ett: tabellvikt(tabellrad(givet, ett, tabell.granser, tabell.matt))
            )
        )) end as i_rader
    from figurer as figur
    inner join marts.deltagare as rad
        on rad.insats_id = figur.insats_id
        and rad.startdatum <= figur.till
        and coalesce(rad.slutdatum, date '9999-12-31') >= figur.fran
    left join staging.tabell as tabell on tabell.tabell = figur.tabell and tabell.tidpunkt = figur.tidpunkt
    where figur.ur_rader
        and (figur.kolumn = 'totalt' or figur.kolumn = tabellkolumn(rad.kon))
        and (coalesce(tabell.av, 'deltaganden') = 'deltaganden' or rad.slutdatum <= figur.till)
)
select
    resultat_id,
    kallrad,
    kolumn,
    case
        when utesluten is not null or coalesce(len(i_rader), 0) = 0 then 'utesluten'
        when list_contains(i_rader, tabellvikt(rad)) or (matt is not null and rad in ('median', 'medel', 'kvartil_1', 'kvartil_3')) then 'raknad'
        else 'namnare'
    end as roll,
    case when utesluten is not null then utesluten when coalesce(len(i_rader), 0) = 0 then 'uppgift saknas' end as skal
from ur_rader
where utesluten is not null or tabell <> 'flode' or list_contains(i_rader, rad)
union all
select
    figur.resultat_id,
    utfall.kallrad,
    'antal' as kolumn,
    case
        when utfall.kod is null then 'utesluten'
        when list_contains(list_transform(
            tabellord([tabellord_av_summa(tabell.tabell, tabell.ar_skrivet, utfall.varde, utfall.kod)], tabell.ord, tabell.grupp), lambda ett: tabellvikt(ett)
        ), tabellvikt(figur.rad)) then 'raknad'
        else 'namnare'
    end as roll,
    case when utfall.kod is null then 'uppgift saknas' end as skal
from figurer as figur
inner join staging.tabell as tabell on tabell.tabell = figur.tabell and tabell.tidpunkt = figur.tidpunkt
inner join marts.deltagarutfall as utfall
    on utfall.insats_id = figur.insats_id
    and utfall.variabel = tabell.utfall
    and utfall.fran = figur.fran
    and utfall.till = figur.till
where not figur.ur_rader and (figur.kolumn = 'totalt' or figur.kolumn = tabellkolumn(utfall.kon))
union all
select
    figur.resultat_id,
    antal.kallrad,
    antal.kallkolumn as kolumn,
    case
        when figur.tabell = 'flode' then 'raknad'
        when figur.tabell = 'kon' and figur.rad = antal.kon then 'raknad'
        else 'namnare'
    end as roll,
    cast(null as varchar) as skal
from figurer as figur
left join staging.tabell as tabell on tabell.tabell = figur.tabell and tabell.tidpunkt = figur.tidpunkt
inner join marts.deltagarantal as antal
    on antal.insats_id = figur.insats_id
    and antal.fran = figur.fran
    and antal.till = figur.till
    and list_contains(
        case figur.rad
            when 'nya' then ['nya'] when 'avslutade' then ['avslutade'] when 'pagaende_vid_start' then ['deltagare', 'nya']
            when 'pagaende_vid_slut' then ['deltagare', 'avslutade']
            else [case tabell.av when 'avslutade' then 'avslutade' else 'deltagare' end]
        end, antal.slag
    )
where not figur.ur_rader and (figur.kolumn = 'totalt' or figur.kolumn = tabellkolumn(antal.kon))
