-- One row per key and file of the lines in `samrad`: what is compared, and the rows that it is.
--
-- Where a file has several lines of a key, the lines of each file are compared as a set with repeats. One that is within the
-- largest of all, or of its source, is alike it.
with rad as (
    select
        samrad.nyckel, samrad.dataset, samrad.kallrad, samrad.del, samrad.leverans, samrad.fil, samrad.mottagen, samrad.period,
        samrad.varden, samrad.ore, samrad.rader[1] as plats,
        cast(list_filter(samrad.varden, lambda varde, nr: not list_contains(fri.kolumner, nr)) as varchar) as tecken
    from samrad
    inner join (select dataset, list(nr) filter (ar_fri) as kolumner from deklarerad group by dataset) as fri on fri.dataset = samrad.dataset
),

enhet as (
    select
        rad.nyckel, rad.fil, any_value(rad.dataset) as dataset, min(rad.kallrad) as kallrad, arg_min(rad.del, (rad.kallrad, rad.del)) as del,
        any_value(rad.leverans) as leverans, any_value(rad.mottagen) as mottagen, max(rad.period) as period,
        list(rad.plats order by rad.kallrad, rad.del) as rader, arg_min(rad.varden, (rad.kallrad, rad.del)) as varden,
        cast(list(rad.tecken order by rad.tecken) as varchar) as tecken, sum(rad.ore) as ore
    from rad
    group by rad.nyckel, rad.fil
),

storst as (
    select
        enhet.nyckel, enhet.fil, enhet.leverans, enhet.tecken,
        arg_max(enhet.fil, (len(enhet.rader), -enhet.kallrad)) over (partition by enhet.nyckel) as av_alla,
        arg_max(enhet.fil, (len(enhet.rader), -enhet.kallrad)) over (partition by enhet.nyckel, enhet.leverans) as av_kallan
    from enhet
    semi join (select nyckel from enhet group by nyckel having max(len(rader)) > 1) as flera on flera.nyckel = enhet.nyckel
),

antal as (
    select rad.nyckel, rad.fil, rad.tecken, count(*) as antal
    from rad
    semi join storst on storst.nyckel = rad.nyckel
    group by rad.nyckel, rad.fil, rad.tecken
),

inom as (
    select
        antal.nyckel, antal.fil,
        bool_and(coalesce(alla.antal, 0) >= antal.antal) as ar_inom_alla, bool_and(coalesce(kallan.antal, 0) >= antal.antal) as ar_inom_kallan
    from antal
    inner join storst on storst.nyckel = antal.nyckel and storst.fil = antal.fil
    left join antal as alla on alla.nyckel = antal.nyckel and alla.fil = storst.av_alla and alla.tecken = antal.tecken
    left join antal as kallan on kallan.nyckel = antal.nyckel and kallan.fil = storst.av_kallan and kallan.tecken = antal.tecken
    group by antal.nyckel, antal.fil
),

mangd as (
    select
        storst.nyckel, storst.fil,
        case
            when inom.ar_inom_alla and (storre.ar_inom_alla or not inom.ar_inom_kallan) then storst.av_alla
            when inom.ar_inom_kallan then storst.av_kallan
            else storst.fil
        end as lik
    from storst
    inner join inom on inom.nyckel = storst.nyckel and inom.fil = storst.fil
    inner join inom as storre on storre.nyckel = storst.nyckel and storre.fil = storst.av_kallan
)

select
    enhet.nyckel, enhet.dataset, enhet.kallrad, enhet.del, enhet.leverans, enhet.fil, enhet.mottagen, enhet.period, enhet.rader,
    false as ar_ersatt, mangd.fil is not null as ar_mangd,
    case when mangd.fil is null then enhet.varden else [lik.tecken] end as varden,
    case
        when mangd.fil is not null
            then len(enhet.rader) || case when len(enhet.rader) = 1 then ' rad' else ' rader' end || coalesce(' på ' || visad('kr', cast(enhet.ore as varchar)) || ' kr', '')
    end as beskrivning
from enhet
left join mangd on mangd.nyckel = enhet.nyckel and mangd.fil = enhet.fil
left join enhet as lik on lik.nyckel = mangd.nyckel and lik.fil = mangd.lik
