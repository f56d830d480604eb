-- One row per budget cell and refused row that may belong to it: one of an unknown year or line may belong to any.
select utfall.resultat_id, rad.rad_id
from results.budgetutfall as utfall
inner join marts.bortfall as rad
    on rad.insats_id = utfall.insats_id
    and coalesce(rad.dataset in ('faktura', 'budget', 'bemanning'), true)
    and coalesce(year(rad.fran) <= utfall.ar, true)
    and coalesce(year(rad.till) >= utfall.ar, true)
left join staging.postnamn as namn
    on rad.dataset = 'faktura'
    and namn.insats_id = rad.insats_id
    and namn.vikt = sv_vik(rad.varden['kostnadsslag'])
where rad.kallrad is null
    or list_has_any(rad.okanda, ['post', 'kostnadsslag'])
    or sv_vik(utfall.post) = sv_vik(case
        when rad.dataset = 'faktura' then coalesce(namn.post, rad.varden['kostnadsslag'], 'ingen')
        else rad.varden['post']
    end)
