-- One row per förbund, year and entry of the yearly form of Uppföljning Finsam: its own means, capital, administration and
-- insatser, and each insats that it pays for.
--
-- What the förbund states of its own economy comes first. Else the means of a year are what all parties of the law have paid in,
-- and insatser are what the insatser below come to, where each of them is known. An insats's budget is what the förbund granted
-- it for the year, else the insats's whole budget where nobody else pays. Its participants are those that deltagartabell counts,
-- and belong to the insats, not to one of several förbund that pay. What is asked for and not known is named, never 0.
with betalar as (
    select unnest(string_split(finansiarer, ',')) as forbund_id, insats_id from marts.insats where finansiarer is not null
    union
    select id, insats_id from results.kostnadsandel_ar where dimension = 'forbund' and id <> 'ingen'
),
-- Planned participants of a calendar year, or of the part of it in which the insats is.
planerat as (
    select
        antal.insats_id, year(antal.fran) as ar,
        sum(antal.antal) as totalt,
        case when bool_and(antal.kon is not null) then coalesce(sum(antal.antal) filter (antal.kon = 'kvinna'), 0) end as kvinnor,
        case when bool_and(antal.kon is not null) then coalesce(sum(antal.antal) filter (antal.kon = 'man'), 0) end as man
    from marts.deltagarantal as antal
    inner join marts.insats as insats using (insats_id)
    where antal.slag = 'planerat'
        and antal.fran = greatest(make_date(year(antal.fran), 1, 1), coalesce(insats.startdatum, date '1900-01-01'))
        and antal.till = least(make_date(year(antal.fran), 12, 31), coalesce(insats.slutdatum, date '9999-12-31'))
    group by antal.insats_id, year(antal.fran)
    having count(distinct antal.rad_id) = 1
),
deltog as (
    select
        insats_id, year(fran) as ar,
        sum(antal) as totalt,
        case when count(utan_kon) = 0 then coalesce(sum(kvinnor), 0) end as kvinnor,
        case when count(utan_kon) = 0 then coalesce(sum(man), 0) end as man
    from marts.tabellantal
    where tabell = 'kon' and rakning = 'alla' and slag = 'ar'
    group by insats_id, year(fran), kalla
    qualify row_number() over (partition by insats_id, year(fran) order by kalla) = 1
),
budget as (
    select
        insats_id, ar, sum(budget_ore) as budget_ore,
        case when bool_and(status = 'beviljad') then 'insatsens budget' else 'insatsens sökta budget' end as kalla
    from results.budgetutfall where budget_ore is not null group by insats_id, ar
),
insatsar as (
    select insats_id, year(fran) as ar from marts.tabellperiod where slag = 'ar'
    union select insats_id, ar from results.kostnadsandel_ar
    union select insats_id, ar from marts.medel where ar is not null
    union select insats_id, ar from budget
    union select insats_id, ar from planerat
),
-- In a year for which some förbund granted money or was invoiced, the others did not pay.
betalda as (
    select betalar.forbund_id, insatsar.insats_id, insatsar.ar, medel.medel_ore, andel.belopp_ore
    from betalar
    inner join insatsar using (insats_id)
    left join marts.medel as medel using (forbund_id, insats_id, ar)
    left join results.kostnadsandel_ar as andel
        on andel.dimension = 'forbund' and andel.id = betalar.forbund_id and andel.insats_id = betalar.insats_id and andel.ar = insatsar.ar
    qualify coalesce(medel.medel_ore, andel.belopp_ore) is not null
        or count(coalesce(medel.medel_ore, andel.belopp_ore)) over (partition by insatsar.insats_id, insatsar.ar) = 0
),
per_insats as (
    select
        forbund_id, ar, 'insats' as uppgift, insats_id as id,
        count(*) over (partition by insats_id, ar) as betalare,
        coalesce(medel_ore, case when betalare = 1 then budget.budget_ore end) as budget_ore,
        case when medel_ore is not null then 'beviljade medel' when betalare = 1 then budget.kalla end as budget_kalla,
        belopp_ore as utfall_ore,
        case when belopp_ore is not null then 'fakturor' end as utfall_kalla,
        planerat.totalt as planerat, planerat.kvinnor as planerat_kvinnor, planerat.man as planerat_man,
        deltog.totalt, deltog.kvinnor, deltog.man
    from betalda
    left join budget using (insats_id, ar)
    left join planerat using (insats_id, ar)
    left join deltog using (insats_id, ar)
),
raknat as (
    select
        forbund_id, ar, 'insatser' as slag,
        case when bool_and(budget_ore is not null) then sum(budget_ore) end as budget_ore,
        case when bool_and(utfall_ore is not null) then sum(utfall_ore) end as utfall_ore,
        'insatserna nedan' as kalla
    from per_insats
    group by forbund_id, ar
    union all
    select forbund_id, ar, 'tilldelade_medel', null, sum(belopp_ore), 'parternas bidrag'
    from results.bidragsandel
    where kommun = '' and kalla is not null
    group by forbund_id, ar
    having bool_and(belopp_ore is not null)
),
forbundsar as (
    select forbund_id, cast(ar as bigint) as ar from staging.forbundsekonomi
    union select forbund_id, ar from raknat
),
egna as (
    select
        forbundsar.forbund_id, forbundsar.ar, slag.slag as uppgift, '' as id, 1 as betalare,
        coalesce(ekonomi.budget_ore, raknat.budget_ore) as budget_ore,
        case when ekonomi.budget_ore is not null then 'förbundets ekonomi' when raknat.budget_ore is not null then raknat.kalla end as budget_kalla,
        coalesce(ekonomi.utfall_ore, raknat.utfall_ore) as utfall_ore,
        case when ekonomi.utfall_ore is not null then 'förbundets ekonomi' when raknat.utfall_ore is not null then raknat.kalla end as utfall_kalla
    from forbundsar
    cross join (select unnest(['tilldelade_medel', 'eget_kapital', 'administration', 'insatser']) as slag) as slag
    left join staging.forbundsekonomi as ekonomi using (forbund_id, ar, slag)
    left join raknat using (forbund_id, ar, slag)
),
alla as (
    select * from egna union all by name select * from per_insats
)
select
    forbund_id,
    ar,
    uppgift,
    id,
    cast(budget_ore as bigint) as budget_ore,
    budget_kalla,
    cast(utfall_ore as bigint) as utfall_ore,
    utfall_kalla,
    cast(planerat_kvinnor as bigint) as planerat_kvinnor,
    cast(planerat_man as bigint) as planerat_man,
    cast(planerat as bigint) as planerat,
    cast(kvinnor as bigint) as kvinnor,
    cast(man as bigint) as man,
    cast(totalt as bigint) as totalt,
    nullif(array_to_string(list_filter([
        -- capital is what is left at the end of the year
        case when budget_ore is null and uppgift <> 'eget_kapital' then 'budget' end,
        case when utfall_ore is null then 'utfall' end,
        case
            when uppgift <> 'insats' then null
            when planerat is null then 'planerade deltagare'
            when planerat_kvinnor is null then 'planerade kvinnor och män'
        end,
        case when uppgift <> 'insats' then null when totalt is null then 'deltagare' when kvinnor is null then 'kvinnor och män' end
    ], lambda sak: sak is not null), ', '), '') as saknas,
    uppgift = 'insats' and betalare > 1 as delas
from alla
