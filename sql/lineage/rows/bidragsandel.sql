-- One row per share of a förbund's funds and contribution: counted in the share, or in the whole that it is a share of.
select
    andel.resultat_id,
    bidrag.kallrad,
    'belopp' as kolumn,
    case
        when bidrag.huvudman = andel.huvudman and (andel.kommun = '' or sv_vik(bidrag.kommun) = sv_vik(andel.kommun)) then 'raknad'
        when lag.huvudman is null then 'utesluten'
        else 'namnare'
    end as roll,
    case when lag.huvudman is null and bidrag.huvudman <> andel.huvudman then 'lagen anger ingen andel' end as skal
from results.bidragsandel as andel
inner join marts.bidrag as bidrag on bidrag.forbund_id = andel.forbund_id and bidrag.ar = andel.ar
left join (select distinct huvudman from marts.lagens_andel) as lag on lag.huvudman = bidrag.huvudman
