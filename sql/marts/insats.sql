-- One row per insats: its period as stated, and the first and last day its data speak of.
--
-- Planned möten, budgets, plans and all that lies ahead speak of days to come and are no data for a period; what was held,
-- counted, invoiced or registered is. finansiarer are the förbund that finansiering and insats name, in id order.
-- Names of a modell that fold alike are one. deltagare_fran is the day from which rows of deltagare speak of all: one that
-- counted before it registered says nothing by its rows of the time that it counted.
-- key: insats_id
-- null: typ, registrering, modell, insatsagare, diarienr, startdatum, slutdatum, data_fran, data_till, deltagare_fran, forbund_id, finansiarer
with dagar as (
    select insats_id, datum as fran, datum as till from staging.mote where status = 'genomfort' and datum <= getvariable('idag')
    union all select insats_id, fran, till from staging.moteantal where status = 'genomfort' and fran <= getvariable('idag')
    union all select insats_id, fran, till from staging.narvaroantal where fran <= getvariable('idag')
    union all
    select insats_id, startdatum, case when slutdatum <= getvariable('idag') then slutdatum else startdatum end
    from staging.deltagare where startdatum <= getvariable('idag')
    union all select insats_id, fran, till from staging.deltagarantal where slag <> 'planerat' and fran <= getvariable('idag')
    union all select insats_id, fran, till from staging.deltagarutfall where fran <= getvariable('idag')
    union all select insats_id, fran, till from staging.faktura
    union all select insats_id, fran, till from staging.enkat where fran <= getvariable('idag') and till is not null
),
omfang as (
    select insats_id, min(fran) as data_fran, max(till) as data_till from dagar group by insats_id
),
betalar as (
    select insats_id, forbund_id from staging.finansiering where forbund_id is not null
    union select insats_id, forbund_id from staging.insats where forbund_id is not null
),
sammanraknat as (
    select antal.insats_id, max(antal.till) + 1 as fran
    from staging.deltagarantal as antal
    inner join (select insats_id, min(startdatum) as forsta from staging.deltagare group by insats_id) as rad using (insats_id)
    where antal.slag = 'deltagare' and antal.till < rad.forsta
    group by antal.insats_id
),
finansiarer as (
    select insats_id, string_agg(forbund_id, ',' order by forbund_id) as finansiarer, count(*) as antal, min(forbund_id) as forbund_id
    from betalar group by insats_id
)
select
    insats.insats_id,
    insats.namn,
    insats.typ,
    insats.registrering,
    min(insats.modell) over (partition by sv_vik(insats.modell)) as modell,
    insats.insatsagare,
    insats.diarienr,
    insats.startdatum,
    insats.slutdatum,
    omfang.data_fran,
    omfang.data_till,
    greatest(coalesce(insats.startdatum, omfang.data_fran), sammanraknat.fran) as deltagare_fran,
    case when finansiarer.antal = 1 then finansiarer.forbund_id end as forbund_id,
    finansiarer.finansiarer
from staging.insats as insats
left join omfang on omfang.insats_id = insats.insats_id
left join sammanraknat on sammanraknat.insats_id = insats.insats_id
left join finansiarer on finansiarer.insats_id = insats.insats_id
