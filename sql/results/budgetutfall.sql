-- One row per insats, year and budget line: budgeted, recomputed from its staffing lines, invoiced.
--
-- The budget is what was granted, else what was applied for. A staffing period that can be read two ways is read the
-- way that reproduces the budget, and the explanation says so. What is not invoiced in a year with other invoices is 0;
-- in a year without any it is unknown. Over 10 % either way asks for an explanation, and so does cost without budget.
with poster as (
    select insats_id, ar, post, sv_vik(post) as vikt, part_id, coalesce(status, 'ansokt') as status, belopp_ore from staging.budget
),
budget as (
    select
        insats_id,
        ar,
        vikt,
        min(post) as post,
        case when count(distinct part_id) = 1 then min(part_id) end as part_id,
        case when bool_or(status = 'beviljad') then 'beviljad' else 'ansokt' end as status,
        cast(coalesce(sum(belopp_ore) filter (status = 'beviljad'), sum(belopp_ore)) as bigint) as budget_ore
    from poster
    group by insats_id, ar, vikt
),
bemannat as (
    select
        insats_id,
        ar,
        sv_vik(post) as vikt,
        min(post) as post,
        case when count(distinct part_id) = 1 then min(part_id) end as part_id,
        cast(coalesce(sum(kostnad_ore) filter (not ar_alternativ), 0) as bigint) as omraknad_ore,
        cast(coalesce(sum(kostnad_ore) filter (
            ar_alternativ or kallrad not in (select kallrad from marts.bemanning_ar where ar_alternativ)
        ), 0) as bigint) as omraknad_alt_ore,
        max(slut) filter (ar_alternativ) as slut_alt
    from marts.bemanning_ar
    group by insats_id, ar, sv_vik(post)
),
fakturerat as (
    select
        insats_id,
        ar,
        sv_vik(coalesce(post, 'ingen')) as vikt,
        min(coalesce(post, 'ingen')) as post,
        case when count(distinct part_id) = 1 then min(part_id) end as part_id,
        cast(sum(belopp_ore) as bigint) as utfall_ore
    from marts.faktura_ar
    where belopp_ore is not null
    group by insats_id, ar, sv_vik(coalesce(post, 'ingen'))
),
celler as (
    select insats_id, ar, vikt from budget
    union select insats_id, ar, vikt from bemannat
    union select insats_id, ar, vikt from fakturerat
),
ihop as (
    select
        celler.insats_id,
        celler.ar,
        coalesce(budget.post, bemannat.post, fakturerat.post) as post,
        coalesce(budget.part_id, bemannat.part_id, fakturerat.part_id) as part_id,
        budget.status,
        budget.budget_ore,
        bemannat.omraknad_ore <> budget.budget_ore and bemannat.omraknad_alt_ore = budget.budget_ore as ar_annan_lasning,
        bemannat.omraknad_ore,
        bemannat.omraknad_alt_ore,
        bemannat.slut_alt,
        case
            when fakturerat.utfall_ore is not null then fakturerat.utfall_ore
            when exists (
                select 1 from fakturerat as annat where annat.insats_id = celler.insats_id and annat.ar = celler.ar
            ) then 0
        end as utfall_ore
    from celler
    left join budget on budget.insats_id = celler.insats_id and budget.ar = celler.ar and budget.vikt = celler.vikt
    left join bemannat on bemannat.insats_id = celler.insats_id and bemannat.ar = celler.ar and bemannat.vikt = celler.vikt
    left join fakturerat on fakturerat.insats_id = celler.insats_id and fakturerat.ar = celler.ar and fakturerat.vikt = celler.vikt
)
select
    insats_id,
    ar,
    post,
    part_id,
    status,
    budget_ore,
    case when coalesce(ar_annan_lasning, false) then omraknad_alt_ore else omraknad_ore end as omraknad_ore,
    utfall_ore,
    utfall_ore - budget_ore as avvikelse_ore,
    case when budget_ore <> 0 then cast(utfall_ore - budget_ore as double) * 100 / budget_ore end as avvikelse_procent,
    coalesce(abs(cast(utfall_ore - budget_ore as hugeint)) * 100 > 10 * abs(cast(budget_ore as hugeint)), false)
    or (budget_ore is null and coalesce(utfall_ore, 0) <> 0) as kraver_forklaring,
    case
        when coalesce(ar_annan_lasning, false)
            then 'Bemanningens period är läst till och med ' || cast(slut_alt as varchar) || ' (till_alt), som ger budgetens belopp.'
    end as forklaring
from ihop
