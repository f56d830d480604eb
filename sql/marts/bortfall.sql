-- One row per row that no figure counts and insats that it may belong to: what of it can be read, and which columns nobody knows.
--
-- It belongs to the insats that it names, else to the only one of its source; of an unknown insats among many, it belongs to
-- none. A table that was refused whole may belong to each insats of its source. A row of a möte has the möte's date and kind,
-- also where the möte itself was refused and no other row is of it. A part or förbund that nobody delivered may be any. A kind of möte that may be a slip is
-- known as it is written, and may be another.
-- What is known not to have been held is no loss (skal ej_hallet). fran and till are the period that it can speak of.
-- key: rad_id, insats_id
-- null: kallrad, dataset, fran, till
-- stored: large
with ensam as (
    select leverans, any_value(insats_id) as insats_id from staging.kallinsats group by leverans having count(*) = 1
),
rader as (
    select
        rad.rowid as rad_id, rad.kallrad, rad.tabell_id, rad.dataset, rad.skal, rad.varden, rad.okanda,
        coalesce(insats.insats_id, ensam.insats_id) as insats_id
    from staging.bortfall as rad
    left join staging.insats as insats on insats.insats_id = rad.varden['insats_id']
    left join ensam on ensam.leverans = rad.leverans
    where rad.kallrad is not null
        and coalesce(insats.insats_id, ensam.insats_id) is not null
),
moten as (
    select true as ar_last, mote.insats_id, mote.mote_id, mote.datum, mote.motestyp, mote.status, [] as okanda, cast(null as varchar) as ar_tal
    from staging.mote as mote
    where (mote.insats_id, mote.mote_id) in (select (rader.insats_id, rader.varden['mote_id']) from rader where rader.dataset in ('narvaro', 'arende'))
    union all
    select
        false, insats_id, varden['mote_id'], cast(any_value(varden['datum']) as date), any_value(varden['motestyp']), any_value(varden['status']),
        list_intersect(list_distinct(flatten(list(okanda))), ['datum', 'motestyp', 'status']), any_value(varden['datum.ar'])
    from rader where dataset = 'mote' and skal = 'avvisade_rader' and varden['mote_id'] is not null
    group by insats_id, varden['mote_id']
),
ett_mote as (
    select * from moten qualify row_number() over (partition by insats_id, mote_id order by ar_last desc) = 1
),
forsedda as (
    select
        rader.* replace (
            case when moten.mote_id is null then rader.varden else map_concat(rader.varden, map_from_entries(list_filter([
                {'k': 'datum', 'v': cast(moten.datum as varchar)}, {'k': 'motestyp', 'v': moten.motestyp},
                {'k': 'status', 'v': moten.status}, {'k': 'datum.ar', 'v': moten.ar_tal}
            ], lambda led: led.v is not null))) end as varden,
            list_concat(rader.okanda, case
                when rader.dataset not in ('narvaro', 'arende') then []
                when moten.mote_id is null then ['datum', 'motestyp', 'status']
                else moten.okanda
            end) as okanda
        )
    from rader
    left join ett_mote as moten
        on rader.dataset in ('narvaro', 'arende')
        and moten.insats_id = rader.insats_id
        and moten.mote_id = rader.varden['mote_id']
)
select
    rad.rad_id,
    rad.insats_id,
    rad.kallrad,
    rad.tabell_id,
    rad.dataset,
    case
        when rad.dataset in ('mote', 'moteantal', 'narvaro', 'arende') and rad.varden['status'] in ('planerat', 'installt') then 'ej_hallet'
        else rad.skal
    end as skal,
    rad.varden,
    coalesce(
        tidigast(rad.varden, rad.okanda, 'fran'), tidigast(rad.varden, rad.okanda, 'startdatum'), tidigast(rad.varden, rad.okanda, 'datum'), tidigast(rad.varden, rad.okanda, 'ar')
    ) as fran,
    coalesce(
        senast(rad.varden, rad.okanda, 'till'), senast(rad.varden, rad.okanda, 'slutdatum'), senast(rad.varden, rad.okanda, 'datum'), senast(rad.varden, rad.okanda, 'ar')
    ) as till,
    list_concat(
        rad.okanda,
        case when menad_motestyp(rad.varden['motestyp']) is not null then ['motestyp'] else [] end,
        case when rad.varden['part_id'] is not null and part.part_id is null then ['part_id'] else [] end,
        case when rad.varden['forbund_id'] is not null and forbund.forbund_id is null then ['forbund_id'] else [] end
    ) as okanda
from forsedda as rad
left join staging.part as part on part.insats_id = rad.insats_id and part.part_id = rad.varden['part_id']
left join staging.forbund as forbund on forbund.forbund_id = rad.varden['forbund_id']
union all
select tabell.rowid, kand.insats_id, null, tabell.tabell_id, tabell.dataset, tabell.skal, tabell.varden, null, null, tabell.okanda
from staging.bortfall as tabell
inner join staging.kallinsats as kand on kand.leverans = tabell.leverans
where tabell.kallrad is null
