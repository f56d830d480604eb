-- One row per delivered table: how it was read, and where each of its rows went.
select
    tabell.fil,
    tabell.blad,
    tabell.tabell,
    tabell.sha256,
    tabell.mottagen,
    tabell.dataset,
    tabell.kodning,
    case tabell.avgransare when chr(9) then 'tab' else tabell.avgransare end as avgransare,
    tabell.rubrikrad,
    tabell.rader,
    antal.lasta,
    antal.avvisade,
    antal.overhoppade,
    tabell.ersatter
from inbox.tabell as tabell
inner join checks.tabell as antal on antal.tabell_id = tabell.tabell_id
