-- One row per insats that has counts: deltaganden by kön over the whole insats.
--
-- From rows where there are any, else from the delivered count that covers the longest period and states kön. A month of
-- several, or a quarter, does not say how it is over the whole: a count for less than a year that is only a part of what
-- was delivered gives no row.
-- The share is of women and men; unknown is shown and left out of it.
with rader as (
    select
        deltagande.insats_id,
        insats.deltagare_fran as fran,
        coalesce(insats.slutdatum, insats.data_till) as till,
        count(*) filter (deltagande.kon = 'kvinna') as kvinnor,
        count(*) filter (deltagande.kon = 'man') as man,
        count(*) filter (deltagande.kon = 'okant') as okant,
        count(*) as totalt
    from marts.deltagande as deltagande
    inner join marts.insats as insats on insats.insats_id = deltagande.insats_id
    where deltagande.utesluten is null
        and deltagande.startdatum <= coalesce(insats.slutdatum, insats.data_till)
        and coalesce(deltagande.slutdatum, date '9999-12-31') >= insats.deltagare_fran
    group by deltagande.insats_id, insats.deltagare_fran, coalesce(insats.slutdatum, insats.data_till)
),
antal as (
    select
        insats_id,
        fran,
        till,
        sum(antal) filter (kon = 'kvinna') as kvinnor,
        sum(antal) filter (kon = 'man') as man,
        sum(antal) filter (kon = 'okant' or kon is null) as okant,
        sum(antal) as totalt
    from marts.deltagarantal
    where slag = 'deltagare'
    group by insats_id, fran, till, rad_id
    having count(*) filter (kon in ('kvinna', 'man')) > 0
    qualify row_number() over (partition by insats_id order by till - fran desc, fran) = 1
        and (
            datesub('month', fran, till + 1) >= 12
            or (fran = min(fran) over (partition by insats_id) and till = max(till) over (partition by insats_id))
        )
),
valda as (
    select insats_id, fran, till, kvinnor, man, okant, totalt from rader
    union all
    select insats_id, fran, till, kvinnor, man, okant, totalt from antal
    where insats_id not in (select insats_id from rader)
)
select
    insats_id,
    fran,
    till,
    cast(kvinnor as bigint) as kvinnor,
    cast(man as bigint) as man,
    cast(okant as bigint) as okant,
    cast(totalt as bigint) as totalt,
    case when kvinnor + man > 0 then cast(kvinnor as double) / cast(kvinnor + man as double) end as andel_kvinnor,
    0 as ofullstandig
from valda
