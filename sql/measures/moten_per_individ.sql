-- One row per ärende.
--
-- A person raised at one möte is there once, since an ärende is one person at one möte; so möten × person are its rows.
--
-- raknas_som: hållna samverkansmöten där en person hade ett ärende
-- taljare: möten räknade en gång för varje person
-- namnare: olika personer med ett ärende på ett hållet samverkansmöte i perioden
-- utesluter: ärenden på möten som inte hållits eller är av annat slag
-- kalla: egen definition
-- jamfor_inte_med: antal_moten delat med antal personer: ett möte tar ofta upp flera personer
-- slag: kvot
-- enhet: möten/individ
select
    part_id,
    case when ar_i_hallet_mote and motestyp = 'samverkan' then 1 else 0 end as taljare,
    deltagar_id as namnarnyckel,
    case when ar_i_hallet_mote and motestyp = 'samverkan' then 1 else 0 end as namnare,
    case when not ar_i_hallet_mote then skal when motestyp <> 'samverkan' then 'mötet är inget samverkansmöte' end as skal
from marts.arende
