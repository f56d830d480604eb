-- One row per figure and row that another of its key stands for among the rows that the figure is made of.
--
-- A cell that fills what the other row leaves blank is part of the figure; else the row is left out, and says why.
with rad as (
    select
        harkomst.resultat_id, undanlagd.kallrad, harkomst.kolumn, harkomst.roll, undanlagd.kod,
        undanlagd.kod = 'kompletterad' and sv_saknas(egen.celler[egen_plats.cell + 1]) and not sv_saknas(annan.celler[annan_plats.cell + 1]) as ar_fyllnad
    from harkomst
    inner join checks.undanlagd as undanlagd on undanlagd.till = harkomst.kallrad
    inner join inbox.rad as egen on egen.kallrad = harkomst.kallrad
    inner join inbox.rad as annan on annan.kallrad = undanlagd.kallrad
    left join checks.kolumn as egen_plats on egen_plats.tabell_id = egen.tabell_id and egen_plats.kolumn = harkomst.kolumn
    left join checks.kolumn as annan_plats on annan_plats.tabell_id = annan.tabell_id and annan_plats.kolumn = harkomst.kolumn
)

select distinct
    rad.resultat_id, rad.kallrad, case when rad.ar_fyllnad then rad.kolumn end as kolumn,
    case when rad.ar_fyllnad then rad.roll else 'utesluten' end as roll,
    case
        when rad.ar_fyllnad then 'fyller en rad med samma nyckel'
        when rad.kod = 'ersatt' then 'ersatt av en rad med samma nyckel'
        when rad.kod = 'kompletterad' then 'samma rad som en annan'
        else 'lika en rad som räknas'
    end as skal
from rad
