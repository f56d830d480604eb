-- One row per invoice row whose years or months do not sum to it: in öre, and in hours.
with ar as (
    select rad_id, sum(belopp_ore) as belopp_ore, sum(timmar) as timmar from marts.faktura_ar group by rad_id
),
manader as (
    select rad_id, sum(belopp_ore) as belopp_ore from marts.faktura_manad group by rad_id
)
select faktura.kallrad, faktura.belopp_ore, ar.belopp_ore as ar_ore, manader.belopp_ore as manader_ore
from staging.faktura as faktura
left join ar on ar.rad_id = faktura.rowid
left join manader on manader.rad_id = faktura.rowid
where ar.belopp_ore is distinct from faktura.belopp_ore
    or manader.belopp_ore is distinct from faktura.belopp_ore
    or ar.timmar is distinct from faktura.timmar
