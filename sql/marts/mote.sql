-- One row per möte, with whether it was held inside the insats and how many parts were there, called or not.
--
-- A möte outside the insats's period is not the insats's möte: it does not count, and checks/warn reports it.
-- One that is past and still planerat, or whose status nobody knows, is unknown: nobody has said whether it was held. One after today is planerat,
-- whatever is said of it, unless it was cancelled. A calendar says so before what the möte is called.
-- key: insats_id, mote_id
-- null: skal
-- stored: large
-- bevis: insats_id, 'mote' as register, 'handelse' as tid, datum, kallrader[1:1] as kallrader, 'datum' as kallkolumn
with narvarande as (
    select insats_id, mote_id, count(*) filter (narvarande) as antal_parter, list(kallrad order by kallrad) as kallrader
    from staging.narvaro group by insats_id, mote_id
),
bedomt as (
    select
        mote.* replace (case
            when regexp_matches(sv_vik(mote.motestyp), '^(installt|installd|avbokat|avbokad|canceled|cancelled)') then 'installt'
            when mote.datum > getvariable('idag') and mote.status is distinct from 'installt' then 'planerat'
            else coalesce(mote.status, 'okand')
        end as status),
        coalesce(mote.datum < insats.startdatum, false) or coalesce(mote.datum > insats.slutdatum, false) as ar_utanfor
    from staging.mote as mote
    inner join staging.insats as insats on insats.insats_id = mote.insats_id
)
select
    bedomt.insats_id,
    bedomt.mote_id,
    bedomt.datum,
    bedomt.motestyp,
    bedomt.status = 'genomfort' and not bedomt.ar_utanfor as ar_hallet,
    bedomt.status in ('planerat', 'okand') and not bedomt.ar_utanfor and (bedomt.status = 'okand' or bedomt.datum < getvariable('idag')) as ar_okant,
    not bedomt.ar_utanfor and bedomt.datum <= getvariable('idag') and (bedomt.status <> 'planerat' or bedomt.datum < getvariable('idag')) as ar_bokad,
    bedomt.status = 'okand' and not bedomt.ar_utanfor as har_okand_status,
    bedomt.status = 'planerat' and not bedomt.ar_utanfor and bedomt.datum >= getvariable('idag') as ar_planerat,
    case
        when bedomt.ar_utanfor then 'mötet ligger utanför insatsens period'
        when bedomt.status = 'planerat' and bedomt.datum < getvariable('idag') then 'mötet är bara planerat; okänt om det hölls'
        when bedomt.status = 'planerat' then 'mötet är planerat'
        when bedomt.status = 'okand' then 'ordet för mötets status är inte känt'
        when bedomt.status = 'installt' then 'mötet ställdes in'
    end as skal,
    coalesce(narvarande.antal_parter, 0) as antal_parter,
    narvarande.mote_id is not null as har_narvaro,
    list_concat([bedomt.kallrad], coalesce(narvarande.kallrader, [])) as kallrader
from bedomt
left join narvarande using (insats_id, mote_id)
