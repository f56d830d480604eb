-- One row per deltagande and moment of which both no public support and some other is stated: neither is counted. Findings are public, so what the cell says of a person is not told.
select kallrad, 'forsorjning_start' as kolumn, cast(null as varchar) as varde, cast(null as varchar) as detalj
from staging.deltagare where ar_oforenlig_forsorjning(kanda_koder(forsorjning_start))
union all
select kallrad, 'forsorjning_slut' as kolumn, cast(null as varchar) as varde, cast(null as varchar) as detalj
from staging.deltagare where ar_oforenlig_forsorjning(kanda_koder(forsorjning_slut))
