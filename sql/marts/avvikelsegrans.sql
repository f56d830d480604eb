-- One row per insats: how many percent an amount may deviate before it asks for an explanation.
--
-- 10 % unless the pipeline says otherwise (avvikelsegrans). No law sets a limit; 10 is the one förbund's own forms use.
-- key: insats_id
select insats.insats_id, cast(coalesce(grans.procent, 10) as decimal(9, 4)) as procent
from staging.insats as insats
left join staging.avvikelsegrans as grans on grans.insats_id = insats.insats_id
