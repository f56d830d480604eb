-- One row per delivered outcome stegforflyttning_register.
--
-- raknas_som: steg framåt på arbetsmarknaden enligt register
-- taljare: de med ett steg framåt
-- namnare: de som följts
-- utesluter: de där svaret varken är ja eller nej (visas som täckningsgrad)
-- kalla: ISF, refererad på finsam.se 2023-04-03
-- jamfor_inte_med: stegforflyttning_sjalvskattad: två olika saker med samma namn
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
where variabel = 'stegforflyttning_register'
