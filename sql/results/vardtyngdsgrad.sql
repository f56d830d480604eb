-- One row per care unit of a förbund and declared parameter: its value and the grade that the declared rule gives it.
--
-- A parameter that the unit does not state has a row without value and grade.
select forbund_id, enhet_id, parameter, rubrik, cast(varde as double) as varde, grad, regel, riktning, cast(vikt as double) as vikt
from marts.vardgrad
where ar_vald
