-- One row per insats and part that has no närvaro row for some held möten, where no row of the insats says that anyone was absent.
--
-- A list of who came has no row for who did not: attendance is then 100 % whatever happened. A matrix whose blanks nobody explained
-- is asked about already.
with deltog as (
    select narvaro.insats_id, narvaro.part_id, count(*) as antal, min(narvaro.kallrader[1]) as kallrad
    from marts.narvaro as narvaro
    where narvaro.ar_hallet
    group by narvaro.insats_id, narvaro.part_id
),

insats as (
    select narvaro.insats_id, count(distinct narvaro.mote_id) as moten
    from marts.narvaro as narvaro
    where narvaro.ar_hallet
    group by narvaro.insats_id
    having bool_and(narvaro.ar_kallad and narvaro.ar_narvarande)
)

select deltog.kallrad, 'narvarande' as kolumn, deltog.part_id as varde, (insats.moten - deltog.antal) || ' av ' || insats.moten as detalj
from deltog
inner join insats on insats.insats_id = deltog.insats_id
inner join inbox.rad as rad on rad.kallrad = deltog.kallrad
where insats.moten > deltog.antal
    and rad.tabell_id not in (select fynd.tabell_id from checks.fynd as fynd where fynd.kod = 'tom_i_matris')
