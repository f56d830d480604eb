-- One row per word of employment that nobody knows, per kind of möte that may be a slip for another, and per reason or name of
-- an outcome that is nearly one that measures read. It is loaded, and judged only by bounds.
with ord as (
    select rad.kallrad, 'varde' as kolumn, rad.varde, kand_kod(sv_kod(rad.varde)) as ord, kanda_sysselsattningar() as kanda
    from staging.deltagarutfall as rad
    where kant_utfall(rad.variabel) = 'sysselsattning_efter'
    union all
    select rad.kallrad, 'sysselsattning_slut', rad.sysselsattning_slut, kand_kod(rad.sysselsattning_slut), kanda_sysselsattningar()
    from staging.deltagare as rad
    union all
    select rad.kallrad, 'sysselsattning_start', rad.sysselsattning_start, kand_kod(rad.sysselsattning_start), kanda_sysselsattningar()
    from staging.deltagare as rad
),
nara as (
    select rad.kallrad, 'variabel' as kolumn, rad.variabel as varde, kant_utfall(rad.variabel) as ord
    from staging.deltagarutfall as rad
    where ar_osakert_utfall(rad.variabel)
    union all
    select rad.kallrad, 'avslutsorsak', rad.avslutsorsak, narmaste_ord(rad.avslutsorsak, lasta_orsaker())
    from staging.deltagare as rad
    where ar_osaker_orsak(rad.avslutsorsak)
    union all
    select rad.kallrad, 'varde', rad.varde, narmaste_ord(sv_kod(rad.varde), lasta_orsaker())
    from staging.deltagarutfall as rad
    where kant_utfall(rad.variabel) = 'avslutsorsak' and ar_osaker_orsak(sv_kod(rad.varde))
    union all
    select min(kallrad), 'motestyp', motestyp, menad_motestyp(motestyp)
    from (select kallrad, motestyp from staging.mote union all select kallrad, motestyp from staging.moteantal)
    group by motestyp
    having menad_motestyp(motestyp) is not null
)
select
    kallrad,
    kolumn,
    varde,
    coalesce('Menas ' || narmaste_ord(ord, kanda) || '?', 'Orden står i docs/dataset.md.') as detalj
from ord
where ar_okand_sysselsattning(ord)
union all
select kallrad, kolumn, varde, 'Menas ' || ord || '?' as detalj
from nara
