-- One row per invoice row whose years or months do not sum to it: in öre, and in hours.
with ar as (
    select kallrad, sum(belopp_ore) as belopp_ore, sum(timmar) as timmar from marts.faktura_ar group by kallrad
),
manader as (
    select kallrad, sum(belopp_ore) as belopp_ore from marts.faktura_manad group by kallrad
)
select faktura.kallrad, faktura.belopp_ore, ar.belopp_ore as ar_ore, manader.belopp_ore as manader_ore
from staging.faktura as faktura
left join ar on ar.kallrad = faktura.kallrad
left join manader on manader.kallrad = faktura.kallrad
where ar.belopp_ore is distinct from faktura.belopp_ore
    or manader.belopp_ore is distinct from faktura.belopp_ore
    or ar.timmar is distinct from faktura.timmar
