-- One row per delivered outcome stegforflyttning_register.
--
-- raknas_som: steg framåt på arbetsmarknaden enligt register
-- taljare: de med ett steg framåt
-- namnare: de som följts
-- utesluter: de där svaret varken är ja eller nej (visas som täckningsgrad)
-- kalla: ISF, refererad på finsam.se 2023-04-03
-- jamfor_inte_med: stegforflyttning_sjalvskattad: två olika saker med samma namn; en effekt av insatsen
-- slag: andel
select
    unnest(utfall(antal, null, false, '', sv_ja_nej(varde), 'varken ja eller nej'))
from marts.deltagarutfall
where variabel = 'stegforflyttning_register'
