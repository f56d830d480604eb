-- One row per stated target group of an insats with a budget: what the budget comes to per person of it and year.
--
-- A target group without a period is one year's: the insats's whole budget is shared out over its years. One whose period is whole
-- calendar years has the budget of those. A month counts whole when at most its last day is missing; where the time is no whole
-- number of months there is no row. Of an interval the larger target group gives the lower amount.
with tid as (
    select
        malgrupp.*,
        malgrupp.fran is null and malgrupp.till is null as ar_hela,
        coalesce(malgrupp.fran, insats.startdatum) as forsta,
        coalesce(malgrupp.till, insats.slutdatum) as sista,
        datesub('month', coalesce(malgrupp.fran, insats.startdatum), coalesce(malgrupp.till, insats.slutdatum) + 2) as manader
    from staging.malgrupp as malgrupp
    inner join staging.insats as insats on insats.insats_id = malgrupp.insats_id
)
select
    tid.insats_id,
    coalesce(strftime(tid.fran, '%Y-%m-%d'), '') as period,
    tid.antal_lag,
    coalesce(tid.antal_hog, tid.antal_lag) as antal_hog,
    cast(tid.manader as double) as manader,
    cast(sum(post.budget_ore) as bigint) as budget_ore,
    cast(round(cast(sum(post.budget_ore) * 12 as decimal(28, 6)) / (tid.manader * coalesce(tid.antal_hog, tid.antal_lag))) as bigint) as kostnad_lag_ore,
    cast(round(cast(sum(post.budget_ore) * 12 as decimal(28, 6)) / (tid.manader * tid.antal_lag)) as bigint) as kostnad_hog_ore
from tid
inner join results.budgetutfall as post on post.insats_id = tid.insats_id
    and (tid.ar_hela or post.ar between year(tid.forsta) and year(tid.sista))
where post.budget_ore is not null and tid.antal_lag > 0 and tid.manader > 0
    and tid.sista + 2 >= tid.forsta + to_months(cast(tid.manader as integer)) and tid.sista + 1 <= tid.forsta + to_months(cast(tid.manader as integer))
    and (tid.ar_hela or (month(tid.forsta) = 1 and day(tid.forsta) = 1 and month(tid.sista) = 12))
group by tid.insats_id, tid.fran, tid.antal_lag, tid.antal_hog, tid.manader
