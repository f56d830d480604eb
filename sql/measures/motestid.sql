-- One row per person with an ärende at a held samverkansmöte, and one per ärende at another.
--
-- The same persons as moten_per_individ. The days are known when the last möte has been: a person who comes back later
-- moves to a later period, and one whose last möte was not long ago may come back.
--
-- raknas_som: dagar från en persons första till sista hållna samverkansmöte med ett ärende; räknas i den period där det sista
--   ligger
-- taljare: dagar mellan första och sista mötet
-- namnare: personer vars sista möte ligger i perioden
-- utesluter: ärenden på möten som inte hållits eller är av annat slag; den med ett enda möte ingår med 0 dagar
-- kalla: egen definition
-- jamfor_inte_med: inskrivningstid, som räknar från inskrivning till avslut
-- slag: kvot
-- enhet: dagar
select
    insats_id,
    'arende' as register,
    'handelse' as tid,
    max(datum) as datum,
    min(kon) as kon,
    max(datum) - min(datum) as taljare,
    1 as namnare,
    flatten(list(kallrader[1:2] order by datum, kallrader)) as kallrader,
    'deltagar_id' as kallkolumn
from marts.arende
where ar_i_hallet_mote and motestyp = 'samverkan'
group by insats_id, deltagar_id
union all by name
select
    0 as taljare,
    0 as namnare,
    case when not ar_i_hallet_mote then skal else 'mötet är inget samverkansmöte' end as skal
from marts.arende
where not (ar_i_hallet_mote and motestyp = 'samverkan')
