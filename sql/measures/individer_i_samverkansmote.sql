-- One row per ärende, and one per delivered count and kön.
--
-- part_id is the part that raised the ärende.
--
-- raknas_som: olika personer med ett ärende på ett hållet samverkansmöte där minst så många parter som målet anger
--   var närvarande, kallade eller inte
-- utesluter: ärenden på möten som inte hållits, av annat slag eller med färre parter; på ett hållet möte utan
--   närvarolista, och på ett passerat som ännu står som planerat, är de okända
-- kalla: egen definition: Tierps mål om individer i möte med minst två parter
-- jamfor_inte_med: arenden, som räknar en person en gång per möte; och summan av flera perioder, där samma person
--   kan finnas i flera
-- slag: antal
-- beror: [narvaro]
-- minst: { minst_parter: antal_parter }
-- standard: { minst_parter: 1 }
select
    part_id,
    deltagar_id as nyckel,
    case when ar_i_hallet_mote and motestyp = 'samverkan' then 1 else 0 end as taljare,
    case when motestyp = 'samverkan' and (ar_okant or (ar_i_hallet_mote and not har_narvaro)) then 1 else 0 end as okand,
    case
        when not ar_i_hallet_mote then skal
        when motestyp <> 'samverkan' then 'mötet är inget samverkansmöte'
        when not har_narvaro then 'närvarolista saknas'
    end as skal,
    antal_parter,
    kallrader
from marts.arende
union all by name
select
    'arende' as register,
    false as ar_summerbar,
    antal as taljare,
    minst_parter as antal_parter
from marts.deltagarantal
where slag = 'i_samverkansmote'
