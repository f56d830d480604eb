-- One row per insats and whole that it is part of: itself, each förbund that finances it, its modell, and all.
--
-- What several förbund finance is in each of them: their wholes do not add up to all.
-- key: niva, id, insats_id
select 'insats' as niva, insats_id as id, insats_id from marts.insats
union all
select 'forbund' as niva, unnest(string_split(finansiarer, ',')) as id, insats_id from marts.insats where finansiarer is not null
union all
select 'modell' as niva, modell as id, insats_id from marts.insats where modell is not null
union all
select 'alla' as niva, 'alla' as id, insats_id from marts.insats
