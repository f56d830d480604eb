-- One row per figure of a table of participants and refused row that may belong to it: a deltagande or a total of its insatser
-- that may be of its period.
select tabell.resultat_id, rad.rad_id
from results.deltagartabell as tabell
inner join marts.insatsniva as niva on niva.niva = tabell.niva and niva.id = tabell.id
inner join marts.bortfall as rad
    on rad.insats_id = niva.insats_id
    and coalesce(rad.dataset in ('deltagare', 'deltagarantal', 'deltagarutfall'), true)
    and coalesce(rad.fran <= tabell.till, true)
    and coalesce(rad.till >= tabell.fran, true)
