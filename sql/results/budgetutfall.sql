-- One row per insats, year and budget line: budgeted, recomputed from its staffing lines, invoiced.
--
-- The recomputed amount is what the staffing text gives; where a period can be read two ways it is the reading that
-- reproduces the budget. Why a budget is another amount is looked for cell by cell before this (budgetforklaring); of
-- several equally simple explanations the first three are told, none is chosen. What is not invoiced in a year with other
-- invoices is 0; in a year without any it is unknown. Over the limit (marts.avvikelsegrans) either way asks for an
-- explanation, and so does cost without budget.
with bemannat as (
    select
        post_id,
        ar,
        case when count(distinct part_id) = 1 then min(part_id) end as part_id,
        cast(coalesce(sum(kostnad_ore) filter (not ar_alternativ), 0) as bigint) as omraknad_ore
    from marts.bemanning_ar
    where kostnad_ore is not null
    group by post_id, ar
),
fakturerat as (
    select
        post_id,
        ar,
        any_value(insats_id) as insats_id,
        case when count(distinct part_id) = 1 then min(part_id) end as part_id,
        cast(sum(belopp_ore) as bigint) as utfall_ore
    from marts.faktura_ar
    where belopp_ore is not null
    group by post_id, ar
),
forklarat as (
    select
        insats_id,
        ar,
        post,
        max(belopp_ore) filter (slag = 'lasning' and nr = 1) as omraknad_ore,
        case when count(*) > 1 then 'Flera förklaringar är lika enkla och kan inte skiljas åt. ' else '' end
        || string_agg(mening, ' ' order by nr) filter (nr <= 3)
        || case when count(*) > 3 then ' Fler finns: se budgetforklaring.' else '' end as forklaring
    from results.budgetforklaring
    group by insats_id, ar, post
),
celler as (
    select post_id, ar from marts.budget
    union select post_id, ar from bemannat
    union select post_id, ar from fakturerat
),
ihop as (
    select
        post.insats_id,
        celler.ar,
        post.post,
        coalesce(budget.part_id, bemannat.part_id, fakturerat.part_id) as part_id,
        budget.status,
        budget.belopp_ore as budget_ore,
        coalesce(forklarat.omraknad_ore, bemannat.omraknad_ore) as omraknad_ore,
        case
            when fakturerat.utfall_ore is not null then fakturerat.utfall_ore
            when exists (
                select 1 from fakturerat as annat where annat.insats_id = post.insats_id and annat.ar = celler.ar
            ) then 0
        end as utfall_ore,
        forklarat.forklaring,
        cast(avvikelsegrans.procent * 10000 as hugeint) as grans
    from celler
    inner join marts.post as post on post.post_id = celler.post_id
    inner join marts.avvikelsegrans as avvikelsegrans on avvikelsegrans.insats_id = post.insats_id
    left join marts.budget as budget on budget.post_id = celler.post_id and budget.ar = celler.ar
    left join bemannat on bemannat.post_id = celler.post_id and bemannat.ar = celler.ar
    left join fakturerat on fakturerat.post_id = celler.post_id and fakturerat.ar = celler.ar
    left join forklarat on forklarat.insats_id = post.insats_id and forklarat.ar = celler.ar and forklarat.post = post.post
)
select
    insats_id,
    ar,
    post,
    part_id,
    status,
    budget_ore,
    omraknad_ore,
    utfall_ore,
    utfall_ore - budget_ore as avvikelse_ore,
    case when budget_ore <> 0 then cast(utfall_ore - budget_ore as double) * 100 / budget_ore end as avvikelse_procent,
    coalesce(abs(cast(utfall_ore - budget_ore as hugeint)) * 1000000 > grans * abs(cast(budget_ore as hugeint)), false)
    or (budget_ore is null and coalesce(utfall_ore, 0) <> 0) as kraver_forklaring,
    forklaring,
    0 as ofullstandig
from ihop
