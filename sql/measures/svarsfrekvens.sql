-- One row per survey and group.
--
-- A question that takes several answers says of no person whether he answered: its answers have no utskick.
--
-- raknas_som: svar på en enkät av dem den skickades till
-- taljare: svar på den fråga som flest svarat på
-- namnare: utskick
-- utesluter: enkäter utan känt antal utskick
-- kalla: finsammittskane.se/hur-marker-vi-att-det-blir-battre/ och
--   nnsfinsam.se/utveckling/indikatorer.aspx
-- jamfor_inte_med: andelen av alla deltagare: utskicket kan vara till några av dem
-- slag: andel
-- filter: [enkat_id, grupp]
select
    enkat_id,
    grupp,
    case when utskick is not null then svar end as taljare,
    utskick as namnare,
    case when utskick is null then 'antal utskick saknas' end as skal,
    'utskick' as kallkolumn
from marts.enkatfraga
qualify row_number() over (partition by insats_id, enkat_id, grupp order by utskick is null, svar desc, fraga) = 1
