-- One row per förbund and parameter of its care units that no pipeline says how to grade.
select min(kallrad) as kallrad, 'parameter' as kolumn, parameter as varde, count(*) || if(count(*) = 1, ' värde', ' värden') as detalj
from staging.vardenhet
where (forbund_id, parameter) not in (select (forbund_id, parameter) from staging.vardtyngd)
group by forbund_id, parameter
