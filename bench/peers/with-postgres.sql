-- The five main results as an analyst would compute them in PostgreSQL: COPY and SQL. It checks nothing.
-- Run in the folder of the CSV files; `out` is where the results go, `today` the day of the run.
\set ON_ERROR_STOP on
\set QUIET on
set client_min_messages = warning;
set work_mem = '256MB';
set jit = off;

create unlogged table insats (
    insats_id text, namn text, typ text, registrering text, modell text, forbund_id text, startdatum date, slutdatum date
);
create unlogged table finansiering (
    insats_id text, forbund_id text, ar integer, slag text, beslutsdatum date, andel text, belopp bigint
);
create unlogged table part (insats_id text, part_id text, namn text, huvudman text);
create unlogged table deltagare (
    insats_id text, deltagar_id text, kon text, fodelsear integer, startdatum date, slutdatum date,
    sysselsattning_start text, sysselsattning_slut text
);
create unlogged table mote (insats_id text, mote_id text, datum date, motestyp text, status text);
create unlogged table narvaro (insats_id text, mote_id text, part_id text, kallad text, narvarande text);
create unlogged table arende (insats_id text, mote_id text, deltagar_id text, initierad_av text);
create unlogged table faktura (
    insats_id text, faktura_id text, forbund_id text, part_id text, kostnadsslag text, fran date, till date, timmar text,
    belopp text
);
create unlogged table budget (insats_id text, ar integer, post text, status text, belopp bigint);

\copy insats from program 'tail -q -n +2 insats*.csv' with (format csv, delimiter ';')
\copy finansiering from program 'tail -q -n +2 finansiering*.csv' with (format csv, delimiter ';')
\copy part from program 'tail -q -n +2 part*.csv' with (format csv, delimiter ';')
\copy deltagare from program 'tail -q -n +2 deltagare*.csv' with (format csv, delimiter ';')
\copy mote from program 'tail -q -n +2 mote*.csv' with (format csv, delimiter ';')
\copy narvaro from program 'tail -q -n +2 narvaro*.csv' with (format csv, delimiter ';')
\copy arende from program 'tail -q -n +2 arende*.csv' with (format csv, delimiter ';')
\copy faktura from program 'tail -q -n +2 faktura*.csv' with (format csv, delimiter ';')
\copy budget from program 'tail -q -n +2 budget*.csv' with (format csv, delimiter ';')
analyze;

create unlogged table rad as
select
    row_number() over () as nr, faktura.insats_id, forbund_id, part_id, huvudman, kostnadsslag, fran, till,
    cast(date_part('year', fran) as integer) as ar, cast(date_part('year', till) as integer) as sista,
    cast(cast(replace(belopp, ',', '.') as numeric) * 100 as bigint) as ore,
    cast(replace(timmar, ',', '.') as numeric) as timmar
from faktura left join part using (insats_id, part_id);

-- Invoices, each year's share by days; the first of equal remainders takes what is left over.
create unlogged table per_ar as
with delad as (
    select
        nr, insats_id, forbund_id, part_id, huvudman, kostnadsslag, cast(ore as numeric) as ore, timmar, artal as ar,
        greatest(fran, make_date(artal, 1, 1)) as a, least(till, make_date(artal, 12, 31)) as b, till - fran + 1 as dagar
    from rad cross join generate_series(ar, sista) as artal where ar <> sista
),
golv as (
    select
        *, floor(ore * (b - a + 1) / dagar) as ore_ned, mod(mod(ore * (b - a + 1), dagar) + dagar, dagar) as ore_rest,
        floor(timmar * 1000000 * (b - a + 1) / dagar) as mikro_ned,
        mod(timmar * 1000000 * (b - a + 1), dagar) as mikro_rest
    from delad
),
placerad as (
    select
        *, row_number() over (partition by nr order by ore_rest desc, ar) as ore_plats,
        ore - sum(ore_ned) over (partition by nr) as ore_kvar,
        row_number() over (partition by nr order by mikro_rest desc, ar) as mikro_plats,
        timmar * 1000000 - sum(mikro_ned) over (partition by nr) as mikro_kvar
    from golv
)
select insats_id, forbund_id, part_id, huvudman, kostnadsslag, ar, fran, till, ore, timmar from rad where ar = sista
union all
select
    insats_id, forbund_id, part_id, huvudman, kostnadsslag, ar, a, b,
    cast(ore_ned + cast(ore_plats <= ore_kvar as integer) as bigint),
    (mikro_ned + cast(mikro_plats <= mikro_kvar as integer)) / 1000000
from placerad;

-- Meetings, with how many parties came.
create unlogged table motet as
select mote.*, cast(date_part('year', datum) as integer) as ar, mote.status = 'genomfört' as hallet, antal
from mote left join (
    select insats_id, mote_id, count(*) filter (where narvarande = 'ja') as antal from narvaro group by insats_id, mote_id
) as kom using (insats_id, mote_id);

-- When an insats runs, and its calendar years.
create unlogged table tid as
select
    insats_id, startdatum as start, slutdatum as slut,
    greatest(coalesce(slutdatum, senast.dag, date :'today'), startdatum) as sista
from insats left join (
    select insats_id, max(dag) as dag from (
        select insats_id, max(datum) as dag from motet where hallet group by insats_id
        union all
        select insats_id, max(coalesce(slutdatum, startdatum)) from deltagare group by insats_id
        union all
        select insats_id, max(till) from faktura group by insats_id
    ) as dagar group by insats_id
) as senast using (insats_id);

create unlogged table fonster as
select
    insats_id, ar, greatest(start, nyar) as fran, least(coalesce(slut, nyarsafton), nyarsafton) as till,
    least(coalesce(slut, nyarsafton), nyarsafton) >= date :'today' as oppet,
    least(coalesce(slut, nyarsafton), nyarsafton) - greatest(start, nyar) + 1 as dagar, nyarsafton - nyar + 1 as alla
from tid
cross join generate_series(cast(date_part('year', start) as integer), cast(date_part('year', sista) as integer)) as ar
cross join lateral (select make_date(ar, 1, 1) as nyar, make_date(ar, 12, 31) as nyarsafton) as kanter;

-- Participants of the whole time.
create unlogged table inskrivna as
select
    insats_id, start as fran, coalesce(slut, sista) as till, count(*) filter (where kon = 'kvinna') as kvinnor,
    count(*) filter (where kon = 'man') as man, count(*) filter (where kon = 'okänt') as okant,
    count(distinct deltagar_id) as personer
from deltagare inner join tid using (insats_id)
where startdatum <= coalesce(slut, sista) and coalesce(slutdatum, 'infinity') >= start
group by insats_id, start, slut, sista;

create unlogged table maluppfyllelse as
with individer as (
    select insats_id, ar, count(distinct deltagar_id) as taljare
    from arende inner join motet using (insats_id, mote_id)
    where hallet and motestyp = 'samverkan' and antal >= 2 group by insats_id, ar
),
planering as (
    select insats_id, ar, count(*) filter (where hallet) as taljare from motet where motestyp = 'planering'
    group by insats_id, ar
),
narvarande as (
    select
        insats_id, coalesce(part_id, '') as part_id, ar, count(*) filter (where kallad = 'ja' and narvarande = 'ja') as taljare,
        count(*) filter (where kallad = 'ja') as namnare
    from narvaro inner join motet using (insats_id, mote_id) where hallet
    group by grouping sets ((insats_id, part_id, ar), (insats_id, ar))
),
antal as (
    select 'individer' as mal_id, fonster.*, 30 as krav, case when n.insats_id is not null then coalesce(taljare, 0) end as taljare
    from fonster left join individer using (insats_id, ar)
    left join (select distinct insats_id from arende) as n using (insats_id)
    union all
    select 'planering', fonster.*, 2, case when n.insats_id is not null then coalesce(taljare, 0) end
    from fonster left join planering using (insats_id, ar)
    left join (select distinct insats_id from planering) as n using (insats_id)
),
bedomd as (
    select
        insats_id, mal_id, '' as gruppvarde, fran, till, taljare, cast(null as bigint) as namnare,
        cast(null as double precision) as tackningsgrad,
        cast(taljare as double precision) as varde, cast(krav * dagar as double precision) / alla as malvarde,
        case when oppet and not coalesce(taljare * alla >= krav * dagar, false) then 'perioden_pagar'
            when krav * dagar < alla then 'for_kort' when taljare is null then 'saknas' end as skal,
        taljare * alla >= krav * dagar as natt
    from antal
    union all
    select
        insats_id, 'narvaro', part_id, fran, till, case when namnare > 0 then taljare end, namnare, null,
        cast(taljare as double precision) / nullif(namnare, 0), case when part_id <> '' then 0.85 end,
        case when part_id = '' then 'foljs' when oppet then 'perioden_pagar' when namnare is null then 'saknas'
            when namnare = 0 then 'ej_tillamplig' end,
        taljare * 100 >= namnare * 85
    from fonster cross join (values (''), ('af'), ('fk'), ('kommun'), ('region')) as parter (part_id)
    left join narvarande using (insats_id, part_id, ar)
    union all
    select
        insats_id, 'kvinnor', '', fran, till, case when kvinnor + man > 0 then kvinnor end, kvinnor + man,
        case when okant > 0 and kvinnor + man > 0
            then cast(kvinnor + man as double precision) / (kvinnor + man + okant) end,
        cast(kvinnor as double precision) / nullif(kvinnor + man, 0), null,
        case when till >= date :'today' then 'perioden_pagar' when kvinnor + man = 0 then 'ej_tillamplig' end,
        kvinnor * 100 between (kvinnor + man) * 40 and (kvinnor + man) * 60
    from inskrivna
    union all
    select
        insats_id, 'kostnad', '', fran, till, taljare, personer, null, cast(taljare as double precision) / 100 / personer,
        200000, case when till >= date :'today' then 'perioden_pagar' when taljare is null then 'saknas' end,
        taljare <= 200000 * 100 * personer
    from inskrivna left join (
        select insats_id, cast(sum(ore) as bigint) as taljare from per_ar group by insats_id
    ) as pengar using (insats_id)
)
select
    *, case when skal is not null then 'ej_matbart' when natt then 'uppnatt' else 'ej_uppnatt' end as status
from bedomd;

create unlogged table kostnadsandel as
with hel as (
    select insats_id, ar, sum(ore) as total, min(fran) as fran, max(till) as till from per_ar group by insats_id, ar
),
avtal as (
    select
        insats_id, ar, forbund_id as id, cast(replace(andel, ' %', '') as bigint) as delar,
        sum(cast(replace(andel, ' %', '') as bigint)) over (partition by insats_id, ar) as summa
    from finansiering inner join hel using (insats_id, ar) where andel is not null
),
nyckel as (select distinct insats_id, ar, summa from avtal),
grov as (
    select insats_id, ar, forbund_id, part_id, huvudman, sum(ore) as ore, sum(timmar) as timmar from per_ar
    group by insats_id, ar, forbund_id, part_id, huvudman
),
summor as (
    select insats_id, ar, dimension, id, sum(ore) as ore, sum(timmar) as timmar from (
        select insats_id, ar, dimension, coalesce(id, 'ingen') as id, ore, timmar
        from grov cross join lateral (
            values ('insats', insats_id), ('forbund', forbund_id), ('part', part_id), ('huvudman', huvudman)
        ) as matt (dimension, id)
        union all
        select insats_id, ar, 'forbund', id, 0, null from avtal
    ) as rader group by insats_id, ar, dimension, id
),
vagd as (
    select
        summor.*, total, summa, case when dimension = 'forbund' and summa is not null then coalesce(delar, 0) end as vikt
    from summor inner join hel using (insats_id, ar) left join nyckel using (insats_id, ar)
    left join (select insats_id, ar, id, delar, 'forbund' as dimension from avtal) as avtal
        using (insats_id, ar, id, dimension)
),
placerad as (
    select
        *, floor(total * vikt / summa) as ned,
        row_number() over (
            partition by insats_id, dimension, ar
            order by total * vikt - floor(total * vikt / summa) * summa desc, id collate "C"
        ) as plats,
        total - sum(floor(total * vikt / summa)) over (partition by insats_id, dimension, ar) as kvar
    from vagd
),
alla as (
    select
        insats_id, min(fran) as fran, max(till) as till, sum(total) as total, count(*) as antal,
        count(summa) = count(*) as har_nyckel
    from hel left join nyckel using (insats_id, ar) group by insats_id
),
ihop as (
    select
        insats_id, dimension, id, sum(ore) as ore, sum(timmar) as timmar, count(*) as ar,
        sum(ore - ned - cast(plats <= kvar as integer)) as avvikelse, count(distinct vikt / summa) as avtalade,
        min(cast(vikt as double precision) / cast(summa as double precision)) as avtalad
    from placerad group by insats_id, dimension, id
),
andelar as (
    select
        *, floor(1000 * ore / nullif(greatest(total, 0), 0)) as ned,
        row_number() over (
            partition by insats_id, dimension
            order by 1000 * ore - floor(1000 * ore / nullif(greatest(total, 0), 0)) * total desc, id collate "C"
        ) as plats
    from ihop inner join alla using (insats_id)
)
select
    insats_id, dimension, id, fran, till, cast(ore as bigint) as belopp_ore,
    cast(ore as double precision) / cast(nullif(total, 0) as double precision) as andel,
    cast(ned + cast(plats <= 1000 - sum(ned) over (partition by insats_id, dimension) as integer) as double precision) / 10
        as andel_procent,
    case when not har_nyckel then null when avtalade = 1 and ar = antal then avtalad
        when total > 0 then cast(ore - avvikelse as double precision) / cast(total as double precision) end as avtalad_andel,
    case when har_nyckel then cast(avvikelse as bigint) end as avvikelse_ore, timmar
from andelar;

create unlogged table budgetutfall as
with fakturerat as (
    select
        insats_id, ar, coalesce(kostnadsslag, '') as post, cast(sum(ore) as bigint) as utfall,
        case when count(distinct part_id) = 1 then min(part_id) end as part_id
    from per_ar group by insats_id, ar, coalesce(kostnadsslag, '')
),
beviljat as (select insats_id, ar, post, cast(sum(belopp) * 100 as bigint) as budget_ore from budget group by insats_id, ar, post),
ihop as (
    select insats_id, ar, post, part_id, budget_ore, coalesce(utfall, case when nagot.ar is not null then 0 end) as utfall_ore
    from beviljat full join fakturerat using (insats_id, ar, post)
    left join (select distinct insats_id, ar from fakturerat) as nagot using (insats_id, ar)
)
select
    *, utfall_ore - budget_ore as avvikelse_ore,
    cast((utfall_ore - budget_ore) * 100 as double precision) / nullif(budget_ore, 0) as avvikelse_procent
from ihop;

create unlogged table malsammanfattning as
with antal as (
    select
        insats_id, mal_id, count(*) as rader, count(*) filter (where status = 'uppnatt') as uppnatt,
        count(*) filter (where status = 'ej_uppnatt') as ej_uppnatt, count(*) filter (where status = 'ej_matbart') as ej_matbart
    from maluppfyllelse where skal is distinct from 'foljs' group by insats_id, mal_id
)
select
    *, case when uppnatt + ej_uppnatt = 0 then 'ej_matbart' when ej_uppnatt = 0 then 'uppnatt'
        when uppnatt = 0 then 'ej_uppnatt' else 'delvis' end as status
from antal;

create unlogged table konsfordelning as
select
    insats_id, fran, till, kvinnor, man, okant, kvinnor + man + okant as totalt,
    cast(kvinnor as double precision) / nullif(kvinnor + man, 0) as andel_kvinnor
from inskrivna;

\cd :out
\copy maluppfyllelse to 'maluppfyllelse.csv' with (format csv, header)
\copy malsammanfattning to 'malsammanfattning.csv' with (format csv, header)
\copy kostnadsandel to 'kostnadsandel.csv' with (format csv, header)
\copy budgetutfall to 'budgetutfall.csv' with (format csv, header)
\copy konsfordelning to 'konsfordelning.csv' with (format csv, header)
