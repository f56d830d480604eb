-- One row per row of `olast`: what each cell says, whether it says nothing, and the code of what is wrong with it.
--
-- The Swedish macros read each text once, however many cells hold it: they are slow, and deliveries repeat themselves.
-- Values are text, in the form that their column's type is cast from. A word that its list lacks is unknown; in a key it is
-- kept, so that two unknown words are two rows.
-- A row that states no end lasts to the end of the period that it begins with, if that is more than a day (`helhet`).
with slagen as (
    select
        olast.kallrad, olast.del, olast.dataset, deklarerad.nr,
        case when deklarerad.slag = 'till' then sv_saknas(olast.celler[deklarerad.nr]) and not sv_saknas(olast.celler[deklarerad.fran]) else false end as ar_helhet,
        case when ar_helhet then olast.celler[deklarerad.fran] else olast.celler[deklarerad.nr] end as skrivet,
        case when deklarerad.slag in ('andel', 'kr') then nullif(olast.enheter[deklarerad.nr], '') end as enhet,
        case when ar_helhet then 'helhet' else deklarerad.slag end as slag, deklarerad.ersattning, deklarerad.okand, deklarerad.ar_nyckel, deklarerad.ar_krav, deklarerad.minst,
        deklarerad.ar_tomt_fynd and olast.positioner[deklarerad.nr] > 0 as ar_tomt_fynd
    from olast
    inner join deklarerad on deklarerad.dataset = olast.dataset
),

text as (
    select distinct slagen.slag, slagen.skrivet, slagen.enhet
    from slagen
),

sedd as (
    select
        text.slag, text.skrivet, text.enhet,
        case when text.slag = 'svar' then coalesce(sv_trim(text.skrivet), '') = '' else sv_saknas(text.skrivet) end as ar_saknad,
        case when text.slag = 'heltal' then sv_ar_dold(text.skrivet) else false end as ar_dold,
        case when text.slag in ('heltal', 'tal', 'timmar', 'andel', 'kr') then sv_last(text.skrivet) end as tal,
        case when text.slag in ('datum', 'fran', 'till', 'helhet', 'manad', 'ar') then sv_tid(text.skrivet) end as tid
    from text
),

tolkad as (
    select
        sedd.slag, sedd.skrivet, sedd.enhet, sedd.tal, sedd.tid, sedd.ar_dold,
        sedd.ar_saknad or sedd.ar_dold or (sedd.slag = 'helhet' and sv_period_ur(sedd.tid).till = sv_period_ur(sedd.tid).fran) as ar_saknad,
        case
            when sedd.ar_saknad or sedd.ar_dold then null
            when sedd.slag in ('id', 'text', 'svar') then sv_trim(sedd.skrivet)
            when sedd.slag = 'kod' then sv_kod(sedd.skrivet)
            when sedd.slag = 'motestyp' then sv_motestyp(sedd.skrivet)
            when sedd.slag = 'flera' then sv_koder(sedd.skrivet)
            when sedd.slag = 'val' then sv_vik(sedd.skrivet)
            when sedd.slag = 'ja_nej' then cast(sv_ja_nej(sedd.skrivet) as varchar)
            when sedd.slag = 'heltal' then cast(sv_heltal_ur(sedd.tal) as varchar)
            when sedd.slag = 'tal' then cast(sv_tal_ur(sedd.tal) as varchar)
            when sedd.slag = 'timmar' then cast(sv_timmar_ur(sedd.tal, sedd.skrivet) as varchar)
            when sedd.slag = 'andel' then cast(sv_andel_ur(sedd.tal, sedd.enhet) as varchar)
            when sedd.slag = 'kr' then cast(sv_ore_ur(sedd.tal, sedd.enhet) as varchar)
            when sedd.slag = 'datum' then cast(sv_datum_ur(sedd.tid) as varchar)
            when sedd.slag = 'fran' then cast(sv_period_ur(sedd.tid).fran as varchar)
            when sedd.slag = 'till' then cast(sv_period_ur(sedd.tid).till as varchar)
            when sedd.slag = 'helhet' then cast(nullif(sv_period_ur(sedd.tid).till, sv_period_ur(sedd.tid).fran) as varchar)
            when sedd.slag = 'manad' then cast(sv_manad_ur(sedd.tid) as varchar)
            when sedd.slag = 'ar' then cast(sv_ar_ur(sedd.tid) as varchar)
        end as varde
    from sedd
),

provad as (
    select
        tolkad.slag, tolkad.skrivet, tolkad.enhet, tolkad.ar_saknad, tolkad.ar_dold, tolkad.varde,
        case
            when tolkad.ar_saknad or tolkad.varde is not null then null
            when tolkad.slag = 'kr' then sv_ore_fel_ur(tolkad.tal, tolkad.enhet)
            when tolkad.slag in ('tal', 'timmar') then sv_tal_fel_ur(tolkad.tal)
            when tolkad.tal.ar_tvetydig then 'tvetydigt_tal'
            when tolkad.slag = 'heltal' then 'ogiltigt_heltal'
            when tolkad.slag = 'andel' then 'ogiltig_andel'
            when tolkad.slag in ('fran', 'till', 'helhet') then sv_period_fel_ur(tolkad.tid)
            when tolkad.slag = 'datum' then sv_datum_fel_ur(tolkad.tid)
            when tolkad.slag = 'manad' then 'ogiltig_manad'
            when tolkad.slag = 'ar' then 'ogiltigt_ar'
            when tolkad.slag = 'ja_nej' then 'ogiltigt_ja_nej'
            else 'varde_saknas'
        end as kod
    from tolkad
),

last as (
    select
        slagen.kallrad, slagen.del, slagen.nr, slagen.slag, slagen.ar_krav, slagen.minst, slagen.ar_tomt_fynd, provad.ar_saknad, provad.ar_dold, provad.kod,
        slagen.slag = 'val' and not provad.ar_saknad and not coalesce(list_contains(ord.ord, provad.varde), false) as ar_okand,
        case
            when provad.ar_saknad then slagen.ersattning
            when slagen.slag = 'val' then coalesce(ord.ordvarden[list_position(ord.ord, provad.varde)], slagen.okand, case when slagen.ar_nyckel then provad.varde end)
            else provad.varde
        end as varde
    from slagen
    inner join provad
        on provad.slag = slagen.slag
        and provad.skrivet is not distinct from slagen.skrivet
        and provad.enhet is not distinct from slagen.enhet
    left join deklarerad as ord on slagen.slag = 'val' and ord.dataset = slagen.dataset and ord.nr = slagen.nr
),

samlad as (
    select
        last.kallrad, last.del,
        list_sort(list({
            'nr': last.nr,
            'varde': last.varde,
            'ar_saknad': last.ar_saknad,
            'kod': case
                when last.ar_saknad then case when last.ar_krav then case when last.ar_dold then 'dolt_antal_behovs' else 'varde_saknas' end end
                when last.varde is null and not last.ar_okand then last.kod
                when last.slag = 'andel' then case when try_cast(last.varde as double) not between 0 and 1 then 'ogiltig_andel' end
                when last.minst is not null then case when try_cast(last.varde as double) < last.minst then 'for_litet' end
            end,
            'anm': case
                when last.ar_okand then 'okant_ord'
                when last.ar_dold and not last.ar_krav then 'dolt_antal'
                when last.ar_saknad and last.ar_tomt_fynd then 'tomt_ord'
            end
        })) as celler
    from last
    group by last.kallrad, last.del
)

select
    olast.kallrad, olast.del, olast.tabell_id, olast.rad, olast.dataset, olast.positioner, olast.celler,
    list_transform(samlad.celler, lambda cell: cell.varde) as varden,
    list_transform(samlad.celler, lambda cell: cell.ar_saknad) as saknade,
    list_transform(samlad.celler, lambda cell: cell.kod) as koder,
    list_transform(samlad.celler, lambda cell: cell.anm) as noter
from olast
inner join samlad on samlad.kallrad = olast.kallrad and samlad.del = olast.del
