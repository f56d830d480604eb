-- One row per insats, calendar year and förbund with an agreed key: the share it is to pay that year, shares summing to 1.
--
-- A key without a year holds for every year that has none of its own. Of several decisions in a year the latest stands.
-- Shares that do not sum to 100 % are normalised (and reported in checks/warn): delar is what was stated, summa its sum.
-- key: insats_id, ar, forbund_id
with ar as (
    select distinct insats_id, ar from marts.faktura_ar
),
nycklar as (
    select insats_id, forbund_id, ar, andel
    from staging.finansiering
    where andel is not null and forbund_id is not null
    qualify row_number() over (partition by insats_id, forbund_id, ar order by beslutsdatum desc nulls last, kallrad) = 1
),
egna as (
    select distinct insats_id, ar from nycklar where ar is not null
),
gallande as (
    select ar.insats_id, ar.ar, nycklar.forbund_id, nycklar.andel
    from ar
    left join egna on egna.insats_id = ar.insats_id and egna.ar = ar.ar
    inner join nycklar on nycklar.insats_id = ar.insats_id and nycklar.ar is not distinct from egna.ar
),
summerat as (
    select *, sum(andel) over (partition by insats_id, ar) as summa from gallande
)
select
    insats_id,
    ar,
    forbund_id,
    cast(andel / summa as decimal(38, 18)) as andel,
    andel as delar,
    cast(summa as decimal(28, 10)) as summa
from summerat
where summa > 0
