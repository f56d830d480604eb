-- One row per insats, budget line, role and year, where the amount a month is not the same in all years.
--
-- A budget line without staffing is held to the months of the insats in that year. One that is the same by term or by
-- year was not budgeted by the month and is left out; a term counts where half of it lies in the insats. In a line with
-- staffing it is the cost of full time that is compared, role by role: shares and periods may differ between years, and
-- the recomputation follows them. Less than a krona, on the share that was priced, is rounding.
with manader as (
    select
        insats.insats_id,
        _.manad,
        manadsdelar(insats.startdatum, insats.slutdatum, _.manad, false) as delar
    from marts.insats as insats,
        unnest(manader_i(insats.startdatum, insats.slutdatum)) as _(manad)
    where insats.startdatum is not null and insats.slutdatum is not null
),
terminer as (
    select insats_id, year(manad) as ar, month(manad) > 6 as ar_host, sum(delar) as delar
    from manader
    group by insats_id, year(manad), month(manad) > 6
),
tid as (
    select insats_id, ar, cast(sum(delar) as hugeint) as delar, count(*) filter (delar >= 3 * 377580) as terminer
    from terminer
    group by insats_id, ar
),
utan_bemanning as (
    select
        budget.post_id,
        budget.ar,
        tid.delar,
        budget.belopp_ore,
        avrunda_del(cast(budget.belopp_ore as hugeint) * 377580, tid.delar) as manadsbelopp_ore,
        case when tid.terminer > 0 then avrunda_del(cast(budget.belopp_ore as hugeint), tid.terminer) end as terminsbelopp_ore
    from marts.budget as budget
    inner join tid on tid.insats_id = budget.insats_id and tid.ar = budget.ar and tid.delar > 0
    where not exists (select 1 from marts.bemanning as rad where rad.post_id = budget.post_id)
),
ojamna as (
    select post_id, '' as part_id, '' as roll, ar, delar, manadsbelopp_ore
    from utan_bemanning
    window alla_ar as (partition by post_id)
    qualify max(manadsbelopp_ore) over alla_ar - min(manadsbelopp_ore) over alla_ar > 100
        and not (
            count(terminsbelopp_ore) over alla_ar = count(*) over alla_ar
            and max(terminsbelopp_ore) over alla_ar - min(terminsbelopp_ore) over alla_ar <= 100
        )
        and max(belopp_ore) over alla_ar <> min(belopp_ore) over alla_ar
),
heltid as (
    select
        rad.post_id,
        rad.part_id,
        rad.roll,
        tid.ar,
        rad.omfattning,
        cast(tid.delar as hugeint) as delar,
        avrunda_del(rad.kostnad, cast(rad.omfattning * 10000000000 as hugeint) * 1000000) as manadsbelopp_ore
    from marts.bemanning as rad
    inner join marts.bemanning_ar as tid on tid.rad_id = rad.rad_id and not tid.ar_alternativ
    where rad.kostnad is not null and rad.omfattning > 0
),
roller as (
    select
        post_id,
        part_id,
        roll,
        ar,
        cast(sum(delar) as hugeint) as delar,
        min(omfattning) as omfattning,
        avrunda_del(cast(sum(manadsbelopp_ore * delar) as hugeint), cast(sum(delar) as hugeint)) as manadsbelopp_ore
    from heltid
    group by post_id, part_id, roll, ar
),
alla as (
    select post_id, part_id, roll, ar, delar, manadsbelopp_ore from ojamna
    union all
    select post_id, part_id, roll, ar, delar, manadsbelopp_ore
    from roller
    window alla_ar as (partition by post_id, part_id, roll)
    qualify (max(manadsbelopp_ore) over alla_ar - min(manadsbelopp_ore) over alla_ar) * min(omfattning) over alla_ar > 100
)
select
    post.insats_id,
    post.post,
    alla.part_id,
    alla.roll,
    alla.ar,
    cast(alla.delar as double) / 377580 as manader,
    cast(alla.manadsbelopp_ore as bigint) as manadsbelopp_ore
from alla
inner join marts.post as post on post.post_id = alla.post_id
