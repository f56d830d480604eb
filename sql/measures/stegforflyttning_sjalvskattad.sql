-- One row per delivered outcome stegforflyttning_sjalvskattad.
--
-- raknas_som: steg framåt enligt deltagarens eget svar i en enkät
-- taljare: de som svarat att de tagit ett steg framåt
-- namnare: de som svarat
-- utesluter: de där svaret varken är ja eller nej (visas som täckningsgrad)
-- kalla: finsammittskane.se/hur-marker-vi-att-det-blir-battre/ och
--   nnsfinsam.se/utveckling/indikatorer.aspx
-- jamfor_inte_med: stegforflyttning_register: två olika saker med samma namn; en effekt av insatsen
-- slag: andel
select
    unnest(utfall(antal, null, false, '', sv_ja_nej(varde), 'varken ja eller nej'))
from marts.deltagarutfall
where variabel = 'stegforflyttning_sjalvskattad'
