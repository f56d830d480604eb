-- One row per row of a delivered table: read, refused or passed over.
select
    leverans.resultat_id,
    rad.kallrad,
    null as kolumn,
    case
        when rad.overhoppad is not null then 'utesluten'
        when avvisning.kallrad is not null or tabell.avvisad then 'avvisad'
        else 'raknad'
    end as roll,
    coalesce(rad.overhoppad, avvisning.skal) as skal
from results.leveranser as leverans
inner join inbox.tabell as tabell
    on tabell.fil = leverans.fil and tabell.blad = leverans.blad and tabell.tabell = leverans.tabell
inner join inbox.rad as rad on rad.tabell_id = tabell.tabell_id
left join (select kallrad, min(skal) as skal from checks.avvisning group by kallrad) as avvisning on avvisning.kallrad = rad.kallrad
