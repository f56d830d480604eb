-- One row per delivered contribution to a förbund, under the huvudman that the law means.
--
-- The state's half is Försäkringskassan's, also where a row names Arbetsförmedlingen or the state.
-- key: rad_id
-- null: kommun
-- stored: view
select
    rowid as rad_id,
    forbund_id,
    cast(ar as bigint) as ar,
    case when huvudman in ('arbetsformedlingen', 'staten') then 'forsakringskassan' else huvudman end as huvudman,
    kommun,
    belopp_ore,
    kallrad
from staging.bidrag
