-- One row per delivered outcome stegforflyttning_register.
--
-- Numerator: those with a step forward (varde ja). Denominator: all with an answer. This is a stepwise move on the labour market found in registers (ISF);
-- the other stegförflyttning is another thing under the same name, and the two are never compared. Source: finsam.se 2023-04-03.
--
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
