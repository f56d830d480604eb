-- One row per invoice row, with the part's huvudman and the budget line it belongs to.
--
-- Money is not clipped to the insats's period: what is invoiced is its cost.
-- key: rad_id
-- null: forbund_id, part_id, huvudman, kostnadsslag, belopp_ore, timmar
-- stored: large
-- bevis: insats_id, forbund_id, part_id, 'faktura' as register, 'dagar' as tid, fran, till, [kallrad] as kallrader
select
    faktura.rowid as rad_id,
    faktura.insats_id,
    faktura.forbund_id,
    faktura.part_id,
    part.huvudman,
    stavning.post_id,
    faktura.kostnadsslag,
    faktura.fran,
    faktura.till,
    faktura.belopp_ore,
    faktura.timmar,
    faktura.kallrad
from staging.faktura as faktura
left join staging.part as part using (insats_id, part_id)
inner join marts.stavning as stavning
    on stavning.insats_id = faktura.insats_id
    and stavning.register = 'faktura'
    and stavning.namn = coalesce(faktura.kostnadsslag, '')
