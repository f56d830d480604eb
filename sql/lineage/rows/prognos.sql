-- One row per forecast and row it is made of: the invoices of its pace, and what it is held to.
select distinct prognos.resultat_id, faktura.kallrad, 'belopp' as kolumn, 'raknad' as roll, cast(null as varchar) as skal
from results.prognos as prognos
inner join marts.faktura_manad as faktura
    on faktura.insats_id = prognos.insats_id
    and (prognos.forbund_id = 'alla' or faktura.forbund_id = prognos.forbund_id)
    and (prognos.period = 'hela' or cast(year(faktura.manad) as varchar) = left(prognos.period, 4))
    and faktura.manad <= prognos.utfall_till
union all
select prognos.resultat_id, _.kallrad, 'belopp', 'namnare', cast(null as varchar)
from results.prognos as prognos
inner join marts.medel as medel
    on medel.insats_id = prognos.insats_id
    and (prognos.forbund_id = 'alla' or medel.forbund_id = prognos.forbund_id)
    and coalesce(cast(medel.ar as varchar), 'hela') = left(prognos.period, 4),
    unnest(medel.kallrader) as _(kallrad)
where prognos.medel_kalla = 'finansiering'
union all
select prognos.resultat_id, budget.kallrad, 'belopp', 'namnare', cast(null as varchar)
from results.prognos as prognos
inner join staging.budget as budget
    on budget.insats_id = prognos.insats_id
    and cast(budget.ar as varchar) = left(prognos.period, 4)
where prognos.medel_kalla in ('budget_beviljad', 'budget_ansokt')
union all
select prognos.resultat_id, rapport.kallrad, 'beviljade_medel', 'namnare', cast(null as varchar)
from results.prognos as prognos
inner join staging.ekonomirapport as rapport
    on rapport.insats_id = prognos.insats_id
    and (prognos.forbund_id = 'alla' or rapport.forbund_id = prognos.forbund_id)
    and cast(year(rapport.till) as varchar) = left(prognos.period, 4)
where prognos.medel_kalla = 'ekonomirapport'
union all
select prognos.resultat_id, rapport.kallrad, 'prognos', 'raknad', 'insatsens egen prognos'
from results.prognos as prognos
inner join staging.ekonomirapport as rapport
    on rapport.insats_id = prognos.insats_id
    and (prognos.forbund_id = 'alla' or rapport.forbund_id = prognos.forbund_id)
    and prognos.period = year(rapport.till) || case date_diff('month', rapport.fran, rapport.till)
        when 2 then 'Q' || quarter(rapport.till)
        when 5 then if(month(rapport.till) <= 6, 'VT', 'HT')
        else ''
    end
