-- One row per entry that starts outside the insats's period, or ends after it.
--
-- An entry that starts before and goes on into the insats is carried over from an earlier project, and still worth asking about.
select deltagare.kallrad,
    case when coalesce(deltagare.startdatum < insats.startdatum, false) or coalesce(deltagare.startdatum > insats.slutdatum, false)
        then 'startdatum' else 'slutdatum' end as kolumn,
    cast(case kolumn when 'slutdatum' then deltagare.slutdatum else deltagare.startdatum end as varchar) as varde,
    coalesce(cast(insats.startdatum as varchar), '') || '–' || coalesce(cast(insats.slutdatum as varchar), '') as detalj
from staging.deltagare as deltagare
inner join staging.insats as insats on insats.insats_id = deltagare.insats_id
where deltagare.avslutsorsak is distinct from 'felregistrering'
    and (deltagare.startdatum < insats.startdatum or deltagare.startdatum > insats.slutdatum or deltagare.slutdatum > insats.slutdatum)
