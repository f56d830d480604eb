-- One row per care unit of a förbund, declared parameter and rule of grading: quartiles, equal width, and the limits that are given.
--
-- Three limits part the values in grades 1 to 4. A value on a limit has the lower grade, so equal values have equal grades. A
-- quartile is interpolated between the units' values as they are sorted, equal width parts the distance from the lowest to the
-- highest. Where a low value weighs more (fallande) all is mirrored. What a unit does not state is no grade. Limits and values
-- are compared as whole quarters of millionths, so that no rounding decides.
-- key: forbund_id, enhet_id, parameter, regel
-- null: varde, grad
with varden as (
    select
        forbund_id, enhet_id, parameter, rad.varde, val.vikt, val.regel, val.granser, val.riktning, val.skriven as rubrik,
        case val.riktning when 'fallande' then -4000000 else 4000000 end as skala,
        cast(rad.varde * skala as hugeint) as tal
    from marts.vardenhet
    inner join staging.vardtyngd as val using (forbund_id)
    left join staging.vardenhet as rad using (forbund_id, enhet_id, parameter)
),
-- Of n values from 0 to n − 1, a quartile lies a number of quarters on the way from one to the next.
fordelning as (
    select
        forbund_id, parameter,
        list_sort(list(tal) filter (tal is not null)) as alla,
        list_transform([1, 2, 3], lambda k: cast(k * (len(alla) - 1) as integer)) as platser,
        list_transform(platser, lambda plats: (alla[plats // 4 + 1] * (4 - plats % 4) + coalesce(alla[plats // 4 + 2], 0) * (plats % 4)) // 4) as kvartiler,
        list_transform([1, 2, 3], lambda k: (alla[1] * (4 - k) + alla[-1] * k) // 4) as lika_breda
    from varden
    group by forbund_id, parameter
),
graderade as (
    select
        varden.*,
        unnest(list_distinct(['kvartil', 'lika_bredd', varden.regel])) as provad,
        case provad
            when 'kvartil' then fordelning.kvartiler
            when 'lika_bredd' then fordelning.lika_breda
            else list_transform(varden.granser, lambda grans: cast(grans * varden.skala as hugeint))
        end as provade
    from varden
    inner join fordelning using (forbund_id, parameter)
)
select
    forbund_id,
    enhet_id,
    parameter,
    provad as regel,
    provad = regel as ar_vald,
    vikt,
    riktning,
    rubrik,
    varde,
    case when tal is not null then 1 + len(list_filter(provade, lambda grans: grans < tal)) end as grad
from graderade
