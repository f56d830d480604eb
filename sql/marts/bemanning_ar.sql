-- One row per staffing line that has a budget line and a computable cost, calendar year, and reading of its period.
--
-- A month counts whole when at most its last day is missing ("30 maj") and the same part has no line that starts that
-- day; otherwise by days. 377 580 is divisible by 28, 29, 30 and 31, so months add up in whole numbers, and the line's
-- cost for the year is rounded once, half up to öre.
with rader as (
    select
        bemanning.*,
        case
            when manadskostnad_ore is not null then cast(manadskostnad_ore as hugeint) * 10000000000000000
            when heltidskostnad_ore is not null then cast(heltidskostnad_ore as hugeint) * 1000000 * cast(omfattning * 10000000000 as hugeint)
            when manadslon_ore is not null and po_faktor is not null
                then cast(manadslon_ore as hugeint) * cast(po_faktor * 1000000 as hugeint) * cast(omfattning * 10000000000 as hugeint)
        end as kostnad_per_manad
    from staging.bemanning as bemanning
),
lasningar as (
    select *, false as ar_alternativ, till as slut from rader where post is not null and kostnad_per_manad is not null
    union all
    select *, true, till_alt from rader where post is not null and kostnad_per_manad is not null and till_alt is not null and till_alt >= fran
),
manader as (
    select
        lasningar.*,
        cast(_.manad as date) as manad,
        last_day(cast(_.manad as date)) as sista,
        greatest(lasningar.fran, cast(_.manad as date)) as forsta_dag,
        least(lasningar.slut, last_day(cast(_.manad as date))) as sista_dag
    from lasningar,
        unnest(generate_series(cast(date_trunc('month', fran) as timestamp), cast(slut as timestamp), interval 1 month)) as _(manad)
),
delar as (
    select
        *,
        case
            when forsta_dag = manad and sista_dag >= sista - 1 and not (
                sista_dag < sista and exists (
                    select 1 from staging.bemanning as nasta
                    where nasta.insats_id = manader.insats_id and nasta.part_id = manader.part_id and nasta.fran = manader.sista
                )
            ) then 377580
            else (sista_dag - forsta_dag + 1) * (377580 // day(sista))
        end as delar
    from manader
)
select
    insats_id,
    part_id,
    post,
    year(manad) as ar,
    ar_alternativ,
    any_value(slut) as slut,
    cast(avrunda_del(any_value(kostnad_per_manad) * cast(sum(delar) as hugeint), 377580 * cast(10000000000000000 as hugeint)) as bigint) as kostnad_ore,
    kallrad
from delar
group by insats_id, part_id, post, year(manad), ar_alternativ, kallrad
