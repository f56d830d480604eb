-- One row per agreed key that does not sum to 100 %, at the first of its decisions.
select min(finansiering.kallrad) as kallrad, 'andel' as kolumn, any_value(avtal.insats_id) as varde,
    replace(cast(cast(any_value(avtal.summa) * 100 as decimal(28, 2)) as varchar), '.', ',') as detalj
from marts.avtalad_andel as avtal
inner join staging.finansiering as finansiering
    on finansiering.insats_id = avtal.insats_id
    and finansiering.forbund_id = avtal.forbund_id
    and coalesce(finansiering.ar, avtal.ar) = avtal.ar
    and finansiering.andel is not null
where avtal.summa <> 1
group by avtal.insats_id, avtal.ar
