-- One row per amount that is a thousand times the others of its column, under a heading in thousands or millions: somebody
-- wrote kronor.
--
-- One other is too few to say. Half of the thousand is room for amounts that are unlike.
with belopp as (
    select rad.kallrad, rad.tabell_id, kolumn.kolumn, kolumn.enhet, rad.celler[kolumn.cell + 1] as skrivet,
        abs(sv_ore(rad.celler[kolumn.cell + 1], kolumn.enhet)) as ore
    from checks.kolumn as kolumn
    inner join inbox.gallande as rad on rad.tabell_id = kolumn.tabell_id
    where kolumn.slag = 'kr' and kolumn.enhet in ('tkr', 'mkr') and rad.overhoppad is null
),
vanligt as (
    select tabell_id, kolumn, median(ore) as ore from belopp where ore > 0 group by tabell_id, kolumn having count(*) > 2
)
select belopp.kallrad, belopp.kolumn, belopp.skrivet as varde, belopp.enhet as detalj
from belopp
inner join vanligt on vanligt.tabell_id = belopp.tabell_id and vanligt.kolumn = belopp.kolumn
where belopp.ore >= 500 * vanligt.ore
