-- One row per invoice of a förbund that has hours and no amount, where others of the insats have both.
--
-- Hours alone are told by rows that name no förbund. Here an amount was left out, or is to come: costs and costs per hour
-- miss it, and look low.
select faktura.kallrad, 'belopp' as kolumn, faktura.faktura_id as varde, cast(null as varchar) as detalj
from staging.faktura as faktura
where faktura.belopp_ore is null
    and faktura.forbund_id is not null
    and faktura.insats_id in (select hel.insats_id from staging.faktura as hel where hel.belopp_ore is not null and hel.timmar is not null)
