-- One row per möte that a part was not called to, and the närvaro row that says so.
select ej.resultat_id, narvaro.kallrader[1] as kallrad, 'kallad' as kolumn, 'raknad' as roll
from results.ej_kallade as ej
inner join marts.narvaro as narvaro using (insats_id, mote_id, part_id)
