-- One row per möte, and one per delivered count of booked möten whose held möten were counted for the same period.
--
-- One that is past and still planerat was booked, and nobody has said that it was held. Where only held möten were counted
-- it is not known how many were booked.
--
-- raknas_som: bokade möten som har hållits
-- taljare: möten som har hållits
-- namnare: bokade möten som skulle ha hållits: hållna, inställda, och planerade som har passerat
-- utesluter: möten som ligger framåt, och möten utanför insatsens tid
-- kalla: egen definition
-- jamfor_inte_med: antal_moten mot ett mål, som inte säger hur många som bokades
-- slag: andel
-- filter: [motestyp]
with totalt as (
    select insats_id, motestyp, fran, till, bool_or(status = 'genomfort') and bool_or(status <> 'genomfort') as har_bokade
    from marts.moteantal
    where status <> 'planerat' or till < getvariable('idag')
    group by insats_id, motestyp, fran, till
)
select
    motestyp,
    case when ar_hallet then 1 when not har_okand_status then 0 end as taljare,
    case when ar_bokad and not har_okand_status then 1 when not har_okand_status then 0 end as namnare,
    case when har_okand_status then 1 else 0 end as okand,
    case when har_okand_status then 1 end as okant_ord,
    skal
from marts.mote
union all by name
select
    antal.insats_id,
    'mote' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    antal.fran,
    antal.till,
    antal.motestyp,
    case when antal.status = 'genomfort' then antal.antal else 0 end as taljare,
    antal.antal as namnare,
    [antal.kallrad] as kallrader,
    'antal' as kallkolumn
from marts.moteantal as antal
inner join totalt on totalt.insats_id = antal.insats_id and totalt.motestyp = antal.motestyp and totalt.fran = antal.fran and totalt.till = antal.till
where totalt.har_bokade and (antal.status <> 'planerat' or antal.till < getvariable('idag'))
