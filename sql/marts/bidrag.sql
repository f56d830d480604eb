-- One row per delivered contribution to a förbund, under the huvudman that the law means.
--
-- The state's half is Försäkringskassan's, also where a row names Arbetsförmedlingen or the state; a landsting is a region. An
-- amount without kommun that is the sum of those with one is their whole, and no more money.
-- key: rad_id
-- null: kommun
with parter as (
    select
        rowid as rad_id,
        forbund_id,
        cast(ar as bigint) as ar,
        case
            when huvudman in ('arbetsformedlingen', 'af', 'fk', 'staten', 'stat') then 'forsakringskassan'
            when huvudman in ('landsting', 'landstinget', 'regionen', 'regioner') then 'region'
            when huvudman in ('kommunen', 'kommuner', 'kommunerna') then 'kommun'
            else huvudman
        end as huvudman,
        kommun,
        belopp_ore,
        kallrad
    from staging.bidrag
)
select rad_id, forbund_id, ar, huvudman, kommun, belopp_ore, kallrad
from parter
qualify kommun is not null
    or belopp_ore is distinct from sum(belopp_ore) filter (kommun is not null) over (partition by forbund_id, ar, huvudman)
