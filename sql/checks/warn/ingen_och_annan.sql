-- One row per deltagande and moment of which both no public support and some other is stated: neither is counted.
select kallrad, 'forsorjning_start' as kolumn, forsorjning_start as varde, cast(null as varchar) as detalj
from staging.deltagare where ar_oforenlig_forsorjning(kanda_koder(forsorjning_start))
union all
select kallrad, 'forsorjning_slut' as kolumn, forsorjning_slut as varde, cast(null as varchar) as detalj
from staging.deltagare where ar_oforenlig_forsorjning(kanda_koder(forsorjning_slut))
