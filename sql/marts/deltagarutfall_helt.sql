-- One row per delivered outcome, and one per insats, outcome of avslutade, period and kön for which fewer are stated than were
-- avslutade: how many lack it.
--
-- Known and unknown make the täckningsgrad of a share only where both are counts of one period: the outcome's own dates.
-- Where some period of an outcome has no count of avslutade, how many are left out is not known for the whole, and no
-- row is given: a täckningsgrad over some of the periods would look like one over all.
-- An outcome that is not of avslutade is read by no measure of them. One that is stated as unknown is stated; the measure
-- that reads it leaves it out itself.
-- By kön where both counts state it, else for all; more outcomes than avslutade leave nobody out.
--
-- ar_flera: one person may have several of the outcomes, as a table of participants declares, or as more outcomes than avslutade
-- show of a variable that none declares. They do not add up to persons: the row of avslutade is then of all, and in every
-- period or in none. Where it does not state kön, neither do they.
-- key: rad_id, insats_id, variabel, fran, till, kon
-- null: rad_id, kod, kon, utesluten, antal
-- bevis: insats_id, 'deltagare' as register, 'aggregat' as tid, true as ar_summerbar, fran, till, kon, kallrader, kallkolumn
with utfall as (
    select
        insats_id, variabel, fran, till, kon,
        sum(antal) filter (kod is distinct from 'felregistrering') as antal
    from marts.deltagarutfall
    group by insats_id, variabel, fran, till, kon
),
utfall_helt as (
    select insats_id, variabel, fran, till, coalesce(sum(antal), 0) as antal, bool_and(kon is not null) as har_kon
    from utfall group by insats_id, variabel, fran, till
),
avslut as (
    select insats_id, fran, till, kon, sum(antal) as antal, list(kallrad order by kallrad) as kallrader
    from marts.deltagarantal where slag = 'avslutade' group by insats_id, fran, till, kon
),
avslut_helt as (
    select
        insats_id, fran, till, sum(antal) as antal, bool_and(kon is not null) as har_kon,
        list_sort(list_distinct(flatten(list(kallrader)))) as kallrader
    from avslut group by insats_id, fran, till
),
alla_perioder as (
    select
        utfall_helt.*, avslut_helt.antal as avslutade, avslut_helt.har_kon as har_avslut_kon, avslut_helt.kallrader,
        bool_and(avslut_helt.antal is not null) over samma as har_avslut,
        tabell.ar_flera_i_summor and (tabell.variabel is not null or coalesce(bool_or(utfall_helt.antal > avslut_helt.antal) over samma, false)) as ar_flera
    from utfall_helt
    left join avslut_helt using (insats_id, fran, till)
    left join (select utfall, any_value(variabel) as variabel, bool_or(ar_flera_i_summor) as ar_flera_i_summor from staging.tabell group by utfall) as tabell
        on tabell.utfall = utfall_helt.variabel
    window samma as (partition by utfall_helt.insats_id, utfall_helt.variabel)
),
perioder as (
    select * from alla_perioder where har_avslut
),
bortfall as (
    select insats_id, variabel, fran, till, null as kon, avslutade - if(ar_flera, 0, antal) as antal, ar_flera, kallrader
    from perioder where not (har_kon and har_avslut_kon)
    union all
    select perioder.insats_id, perioder.variabel, perioder.fran, perioder.till, avslut.kon, avslut.antal - if(perioder.ar_flera, 0, coalesce(utfall.antal, 0)), perioder.ar_flera, avslut.kallrader
    from perioder
    inner join avslut using (insats_id, fran, till)
    left join utfall using (insats_id, variabel, fran, till, kon)
    where perioder.har_kon and perioder.har_avslut_kon
)
select
    utfall.rad_id,
    utfall.insats_id,
    utfall.variabel,
    utfall.kod,
    utfall.har_okant_ord,
    coalesce(perioder.ar_flera, false) as ar_flera,
    case when utfall.kod = 'felregistrering' and not utfall.har_okant_ord then utfall.kod end as utesluten,
    case when not (coalesce(perioder.ar_flera, false) and perioder.har_avslut) or (perioder.har_kon and perioder.har_avslut_kon) then utfall.kon end as kon,
    utfall.fran,
    utfall.till,
    case when not coalesce(perioder.ar_flera, false) or perioder.har_avslut then utfall.antal end as antal,
    [utfall.kallrad] as kallrader,
    'antal' as kallkolumn
from marts.deltagarutfall as utfall
left join alla_perioder as perioder using (insats_id, variabel, fran, till)
union all
select null, insats_id, variabel, null, false, ar_flera, null, kon, fran, till, cast(antal as bigint), kallrader, 'totalt'
from bortfall
where antal > 0
