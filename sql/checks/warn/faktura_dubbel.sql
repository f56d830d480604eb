-- One row per invoice row that repeats an earlier one under another id.
--
-- Everything but the id must be equal: a rent of the same amount next month, or the same amount to another part, is
-- its own, and hours without an amount are no bill. Nothing is left out of the sums: only the sender knows whether it
-- is two bills or one sent twice.
with lika as (
    select
        kallrad,
        faktura_id,
        first_value(faktura_id) over (
            partition by insats_id, forbund_id, part_id, sv_vik(kostnadsslag), fran, till, belopp_ore, timmar order by kallrad
        ) as forsta_id
    from staging.faktura
    where belopp_ore <> 0
)
select kallrad, 'faktura_id' as kolumn, faktura_id as varde, forsta_id as detalj
from lika
where faktura_id <> forsta_id
