-- One row per delivered outcome stegforflyttning_sjalvskattad.
--
-- raknas_som: steg framåt enligt deltagarens eget svar i en enkät
-- taljare: de som svarat att de tagit ett steg framåt
-- namnare: de som svarat
-- utesluter: de där svaret varken är ja eller nej (visas som täckningsgrad)
-- kalla: finsammittskane.se/hur-marker-vi-att-det-blir-battre/ och
--   nnsfinsam.se/utveckling/indikatorer.aspx
-- jamfor_inte_med: stegforflyttning_register: två olika saker med samma namn
-- slag: andel
-- enhet: andel
-- personer: true
select
    insats_id,
    'deltagarutfall' as register,
    'aggregat' as tid,
    true as ar_summerbar,
    fran,
    till,
    kon,
    case when sv_ja_nej(varde) then antal else 0 end as taljare,
    case when sv_ja_nej(varde) is not null then antal else 0 end as namnare,
    case when sv_ja_nej(varde) is null then antal else 0 end as okand,
    case when sv_ja_nej(varde) is null then 'varken ja eller nej' end as skal,
    [kallrad] as kallrader,
    'antal' as kallkolumn
from marts.deltagarutfall
where variabel = 'stegforflyttning_sjalvskattad'
