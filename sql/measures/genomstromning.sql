-- Two rows per deltagande: one for its time in the insats, one for its end. One per period with delivered counts of both.
--
-- Both counts must be of the same dates: what nobody stated is not 0, and deltagare of shorter periods do not add up.
--
-- raknas_som: avslut i perioden av alla deltaganden som berör den
-- taljare: deltaganden som slutar i perioden
-- namnare: deltaganden som berör perioden
-- utesluter: felregistreringar, eftersom SUS avslutar felaktigt införda deltagare så
-- kalla: samordningsforbund.se/umearegionen-social-redovisning
-- jamfor_inte_med: andel_till_arbete_eller_studier: ett avslut säger inte vart personen gick
-- slag: andel
select
    'overlapp' as tid,
    startdatum as fran,
    slutdatum as till,
    0 as taljare,
    case when utesluten is not null then 0 else 1 end as namnare,
    utesluten as skal,
    'startdatum' as kallkolumn
from marts.deltagande
union all by name
select
    'handelse' as tid,
    slutdatum as datum,
    1 as taljare,
    0 as namnare,
    'slutdatum' as kallkolumn
from marts.deltagande
where slutdatum is not null and utesluten is null
union all by name
select
    alla.insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    false as ar_summerbar,
    alla.fran,
    alla.till,
    avslut.antal as taljare,
    alla.antal as namnare,
    [avslut.kallrad, alla.kallrad] as kallrader,
    'totalt' as kallkolumn
from marts.deltagarantal_helt as alla
inner join marts.deltagarantal_helt as avslut
    on avslut.insats_id = alla.insats_id
    and avslut.fran = alla.fran
    and avslut.till = alla.till
    and avslut.slag = 'avslutade'
where alla.slag = 'deltagare'
