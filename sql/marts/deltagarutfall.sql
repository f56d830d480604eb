-- One row per delivered outcome and its number, clipped to the insats; none that lies ahead.
--
-- kod is the outcome as a word that is compared, null where it is stated as unknown.
-- A variable that is nearly a known one may be that one, and a word of employment that nobody knows may be work: what
-- rests on either is only judged by bounds.
-- One for all beside those of women and men is their whole: only what they leave of it is added, of unknown kön. One of work or
-- studies that is the sum of each is theirs.
-- key: rad_id
-- null: kod, kon
-- bevis: insats_id, 'deltagarutfall' as register, 'aggregat' as tid, true as ar_summerbar, fran, till, kon, [kallrad] as kallrader, 'antal' as kallkolumn
with utfall as (
    select
        *, rowid as rad_id, kand_kod(sv_kod(varde)) as kod,
        kod in ('arbete_eller_studier', 'arbetar_och_eller_studerar') as ar_samlat,
        sum(antal) filter (ar_arbete_eller_studier(kod) and not ar_samlat) over (partition by insats_id, fran, till, sv_vik(variabel), kon) as var_for_sig,
        sum(antal) filter (kon is not null) over (partition by insats_id, fran, till, sv_vik(variabel), sv_vik(varde)) as delar
    from staging.deltagarutfall
)
select
    utfall.rad_id,
    utfall.insats_id,
    kant_utfall(utfall.variabel) as variabel,
    utfall.varde,
    utfall.kod,
    ar_osakert_utfall(utfall.variabel)
        or (kant_utfall(utfall.variabel) = 'sysselsattning_efter' and coalesce(ar_okand_sysselsattning(utfall.kod), false))
        or (kant_utfall(utfall.variabel) = 'avslutsorsak' and coalesce(ar_osaker_orsak(utfall.kod), false))
        as har_okant_ord,
    coalesce(utfall.kon, if(utfall.delar is null, null, 'okant')) as kon,
    greatest(utfall.fran, coalesce(insats.startdatum, utfall.fran)) as fran,
    least(utfall.till, coalesce(insats.slutdatum, utfall.till)) as till,
    cast(utfall.antal - if(utfall.kon is null, coalesce(utfall.delar, 0), 0) as bigint) as antal,
    utfall.kallrad
from utfall
inner join staging.insats as insats on insats.insats_id = utfall.insats_id
where utfall.till >= coalesce(insats.startdatum, utfall.till)
    and utfall.fran <= least(coalesce(insats.slutdatum, utfall.fran), getvariable('idag'))
    and (utfall.kon is not null or utfall.antal > coalesce(utfall.delar, -1))
    and not (coalesce(utfall.ar_samlat, false) and utfall.antal is not distinct from utfall.var_for_sig)
