-- One row per insats, förbund and year (none: the whole insats) for which money was decided: what the insats may use.
--
-- Granted and added, less what was returned, which some write with a minus. Of several grants for one year the latest decision stands, as it does for
-- the agreed key: what is added to a grant is a tillägg. Where no granted amount is stated there is nothing to return
-- from, and medel_ore is missing. Ansökta medel are nobody's yet.
-- key: insats_id, forbund_id, ar
-- null: ar, medel_ore
with beslut as (
    select
        insats_id,
        coalesce(forbund_id, 'ingen') as forbund_id,
        ar,
        slag,
        belopp_ore,
        kallrad,
        slag <> 'beviljat' or row_number() over (
            partition by insats_id, forbund_id, ar, slag order by beslutsdatum desc nulls last, kallrad
        ) = 1 as ar_gallande
    from staging.finansiering
    where slag in ('beviljat', 'tillagg', 'aterfort') and belopp_ore is not null
)
select
    insats_id,
    forbund_id,
    cast(ar as bigint) as ar,
    cast(
        sum(belopp_ore) filter (slag <> 'aterfort') - coalesce(abs(sum(belopp_ore) filter (slag = 'aterfort')), 0) as bigint
    ) as medel_ore,
    list(kallrad order by kallrad) as kallrader
from beslut
where ar_gallande
group by insats_id, forbund_id, ar
