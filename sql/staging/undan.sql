-- One row per row of `samnyckel` that another of its key stands for, and that other (`till`): equal to it, completed by it or
-- completing it, or replaced.
--
-- The first row that agrees with what the rows say together stands for them; of sets of lines the largest.
with jamford as (
    select
        enhet.nyckel, enhet.kallrad, enhet.del, enhet.rader, enhet.varden, enhet.ar_ersatt, enhet.ar_mangd, enhet.beskrivning, hel.sagda,
        case
            when enhet.varden is distinct from hel.sagda
                then list_filter(range(1, len(enhet.varden) + 1), lambda nr: enhet.varden[nr] <> hel.sagda[nr] and not list_contains(fri.kolumner, nr))
            else []
        end as andrade
    from samnyckel as enhet
    inner join hopslagen as hel on hel.nyckel = enhet.nyckel
    inner join (select dataset, list(nr) filter (ar_fri) as kolumner from deklarerad group by dataset) as fri on fri.dataset = enhet.dataset
),

forst as (
    select
        jamford.nyckel,
        min(struct_pack(
            antal := -len(jamford.rader), kallrad := jamford.kallrad, del := jamford.del, tabell_id := jamford.rader[1].tabell_id, varden := jamford.varden,
            beskrivning := jamford.beskrivning
        )) as enhet
    from jamford
    where not jamford.ar_ersatt and len(jamford.andrade) = 0
    group by jamford.nyckel
),

rad as (
    select
        jamford.nyckel, jamford.varden, jamford.sagda, jamford.andrade, jamford.ar_ersatt, jamford.ar_mangd, forst.enhet,
        jamford.kallrad = forst.enhet.kallrad and jamford.del = forst.enhet.del as ar_forst,
        jamford.kallrad, jamford.beskrivning || ' blev ' || forst.enhet.beskrivning as andring, unnest(jamford.rader) as rad
    from jamford
    inner join forst on forst.nyckel = jamford.nyckel
)

select
    rad.nyckel, rad.rad.kallrad, rad.rad.del, rad.rad.tabell_id, rad.rad.rad, rad.rad.positioner, rad.ar_mangd, rad.ar_forst,
    rad.enhet.kallrad as till, rad.enhet.tabell_id as till_tabell, rad.varden, rad.sagda, rad.andrade,
    case when rad.kallrad = rad.rad.kallrad then rad.andring end as andring,
    case
        when rad.ar_forst then null
        when rad.ar_ersatt or len(rad.andrade) > 0 then 'ersatt'
        when rad.varden is not distinct from rad.enhet.varden then 'dubblett'
        else 'kompletterad'
    end as kod
from rad
