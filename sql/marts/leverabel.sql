-- One row per leverabel, with how it is on the day of the run.
--
-- Done without a day, or with a day and no deadline, it is neither in time nor late. What nobody has reported is unknown also when
-- its day has passed: it may be done.
--
-- senast_datum is its deadline, else the last day of the insats.
-- bevis: insats_id, 'leverabel' as register, 'forfaller' as tid, senast_datum as datum, slag, leverabel_id as av, [kallrad] as kallrader
--
-- key: insats_id, leverabel_id
-- null: slag, status, senast, senast_datum, datum, ar_i_tid, dokument, avsnitt
select
    leverabel.insats_id,
    leverabel_id,
    text,
    slag,
    status,
    case
        when slag = 'hinder' then 'hinder'
        when status = 'reviderad' then 'reviderad'
        when status = 'klar' and datum > senast then 'sen'
        when status = 'klar' and datum <= senast then 'i_tid'
        when status = 'klar' then 'klar'
        when senast >= getvariable('idag') then 'kommande'
        when senast is not null and coalesce(status, 'okand') = 'okand' then 'okand_passerad'
        when senast is not null then 'forsenad'
        else coalesce(status, 'okand')
    end as lage,
    senast,
    coalesce(senast, slutdatum) as senast_datum,
    case
        when status = 'okand' or senast_datum is null then null
        when status <> 'klar' then false
        else datum <= senast_datum
    end as ar_i_tid,
    datum,
    leverabel.dokument,
    leverabel.avsnitt,
    leverabel.kallrad
from staging.leverabel as leverabel
inner join staging.insats as insats using (insats_id)
