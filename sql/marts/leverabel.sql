-- One row per leverabel, with how it is on the day of the run.
--
-- Done without a day, or with a day and no deadline, it is neither in time nor late. What nobody has reported is unknown also when
-- its day has passed: it may be done.
-- key: insats_id, leverabel_id
-- null: slag, senast, datum, dokument, avsnitt
select
    insats_id,
    leverabel_id,
    text,
    slag,
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
    datum,
    dokument,
    avsnitt
from staging.leverabel
