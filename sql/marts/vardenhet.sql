-- One row per care unit of a förbund, also one of which every row was refused: nothing is known of it, and it may be the heaviest.
--
-- Of a name that is written in several ways the later row's stands.
-- key: forbund_id, enhet_id
-- null: omrade
with rader as (
    select forbund_id, enhet_id, namn, omrade, kallrad from staging.vardenhet
    union all
    select varden['forbund_id'], varden['enhet_id'], varden['namn'], varden['omrade'], -1 from staging.bortfall where dataset = 'vardenhet'
)
select forbund_id, enhet_id, coalesce(arg_max(namn, kallrad), enhet_id) as namn, arg_max(omrade, kallrad) as omrade
from rader
where forbund_id is not null and enhet_id is not null
group by forbund_id, enhet_id
