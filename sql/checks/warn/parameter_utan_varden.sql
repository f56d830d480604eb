-- One row per förbund and parameter that a pipeline grades and no row of its care units has, not even a refused one: then no unit
-- has points. Often a slip in the name.
with enhet as (
    select forbund_id, min(kallrad) as kallrad, list_sort(list_distinct(list(parameter))) as parametrar
    from staging.vardenhet group by forbund_id
)
select
    enhet.kallrad, 'parameter' as kolumn, vald.parameter as varde,
    coalesce('Menas ' || narmaste_ord(vald.parameter, enhet.parametrar) || '?', 'Rätta namnet eller ta bort den.') as detalj
from staging.vardtyngd as vald
inner join enhet on enhet.forbund_id = vald.forbund_id
where not list_contains(enhet.parametrar, vald.parameter)
    and vald.parameter not in (select coalesce(sv_kod(varden['parameter']), '') from staging.bortfall where dataset = 'vardenhet')
