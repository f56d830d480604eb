-- One row per period with both a count of deltagare and a count of those registered with personal data.
--
-- Only those registered with personal data can be followed after the insats. An outcome speaks of this share at most.
--
-- raknas_som: deltagare som är registrerade med personuppgifter
-- taljare: deltagare med personuppgifter
-- namnare: deltagare i samma period
-- utesluter: perioder där bara det ena antalet har lämnats; anonyma räknas i nämnaren men inte i täljaren
-- kalla: arbetsformedlingen.se, återrapportering 2020-05-08
-- jamfor_inte_med: täckningsgraden för ett utfall, som räknas av de avslutade
-- slag: andel
select
    alla.insats_id,
    'deltagare' as register,
    'aggregat' as tid,
    false as ar_summerbar,
    alla.fran,
    alla.till,
    med.antal as taljare,
    alla.antal as namnare,
    [med.kallrad, alla.kallrad] as kallrader,
    'totalt' as kallkolumn
from marts.deltagarantal_helt as alla
inner join marts.deltagarantal_helt as med
    on med.insats_id = alla.insats_id
    and med.fran = alla.fran
    and med.till = alla.till
    and med.slag = 'med_personuppgifter'
where alla.slag = 'deltagare'
