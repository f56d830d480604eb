-- One row per insats, budget line, role and year whose amount a month is not the same in all its years.
--
-- A budget line without staffing is held to the months of the insats, and only where every year is whole months and gives
-- whole kronor a month: otherwise it was not budgeted by the month. In one with staffing it is the cost of full time that
-- is compared, role by role: shares and periods may differ between years, and the recomputation follows them.
with manader as (
    select
        insats.insats_id,
        year(cast(_.manad as date)) as ar,
        sum(manadsdelar(insats.startdatum, insats.slutdatum, cast(_.manad as date), false)) as delar
    from marts.insats as insats,
        unnest(generate_series(
            cast(date_trunc('month', insats.startdatum) as timestamp), cast(insats.slutdatum as timestamp), interval 1 month
        )) as _(manad)
    where insats.startdatum is not null and insats.slutdatum is not null
    group by insats.insats_id, year(cast(_.manad as date))
),
utan_bemanning as (
    select
        budget.insats_id,
        budget.ar,
        budget.post,
        cast(null as varchar) as part_id,
        cast(null as varchar) as roll,
        manader.delar,
        budget.belopp_ore,
        bool_and(
            coalesce(manader.delar, 0) > 0 and manader.delar % 377580 = 0
            and cast(budget.belopp_ore as hugeint) * 377580 % (greatest(manader.delar, 1) * 100) = 0
        ) over (partition by budget.insats_id, sv_vik(budget.post)) as ar_manadsvis
    from marts.budget as budget
    left join manader on manader.insats_id = budget.insats_id and manader.ar = budget.ar
    where not exists (
        select 1 from marts.bemanning as rad where rad.insats_id = budget.insats_id and sv_vik(rad.post) = sv_vik(budget.post)
    )
),
takter as (
    select insats_id, ar, post, part_id, roll, cast(cast(belopp_ore as hugeint) * 377580 // delar as bigint) as manadsbelopp_ore
    from utan_bemanning
    where ar_manadsvis
    union
    select
        rad.insats_id,
        tid.ar,
        rad.post,
        rad.part_id,
        rad.roll,
        cast(coalesce(
            rad.heltidskostnad_ore,
            round(rad.manadslon_ore * rad.po_faktor),
            round(rad.manadskostnad_ore / nullif(rad.omfattning, 0))
        ) as bigint)
    from marts.bemanning as rad
    inner join marts.bemanning_tid as tid on tid.kallrad = rad.kallrad and not tid.ar_alternativ
    where rad.kostnad is not null and rad.omfattning > 0
),
arsvis as (
    select
        insats_id, ar, post, part_id, roll, manadsbelopp_ore,
        count(*) over (partition by insats_id, sv_vik(post), part_id, roll, ar) as antal
    from takter
)
select
    insats_id,
    ar,
    post,
    part_id,
    roll,
    manadsbelopp_ore
from arsvis
qualify max(antal) over (partition by insats_id, sv_vik(post), part_id, roll) = 1
    and min(manadsbelopp_ore) over (partition by insats_id, sv_vik(post), part_id, roll)
    <> max(manadsbelopp_ore) over (partition by insats_id, sv_vik(post), part_id, roll)
