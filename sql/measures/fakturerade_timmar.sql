-- One row per invoice row with hours.
--
-- raknas_som: timmar på fakturor, fördelade på fakturans dagar
-- utesluter: fakturarader utan timmar: de säger inget om timmar
-- kalla: egen definition
-- jamfor_inte_med: timmar enligt bemanningsplan
-- slag: summa
-- enhet: timmar
-- filter: [forbund_id, part_id, kostnadsslag]
select
    kostnadsslag,
    timmar as taljare,
    'timmar' as kallkolumn
from marts.faktura
where timmar is not null
