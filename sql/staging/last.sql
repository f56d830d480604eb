-- One row per row of `olast`: what each cell says, whether it says nothing, and the code of what is wrong with it.
--
-- The Swedish macros read each text once, however many cells hold it: they are slow, and deliveries repeat themselves.
-- Values are text, in the form that their column's type is cast from.
with slagen as (
    select
        olast.kallrad, olast.del, olast.dataset, deklarerad.nr, olast.celler[deklarerad.nr] as skrivet,
        case when deklarerad.slag in ('andel', 'kr') then nullif(olast.enheter[deklarerad.nr], '') end as enhet,
        deklarerad.slag, deklarerad.ersattning, deklarerad.ar_krav, deklarerad.minst
    from olast
    inner join deklarerad on deklarerad.dataset = olast.dataset
),

text as (
    select distinct slagen.slag, slagen.skrivet, slagen.enhet
    from slagen
),

sedd as (
    select
        text.slag, text.skrivet, text.enhet, sv_saknas(text.skrivet) as ar_saknad,
        case when text.slag in ('heltal', 'tal', 'andel', 'kr') then sv_last(text.skrivet) end as tal
    from text
),

tolkad as (
    select
        sedd.slag, sedd.skrivet, sedd.enhet, sedd.tal, sedd.ar_saknad,
        case
            when sedd.ar_saknad then null
            when sedd.slag in ('id', 'text') then sv_trim(sedd.skrivet)
            when sedd.slag = 'kod' then sv_kod(sedd.skrivet)
            when sedd.slag = 'val' then sv_vik(sedd.skrivet)
            when sedd.slag = 'ja_nej' then cast(sv_ja_nej(sedd.skrivet) as varchar)
            when sedd.slag = 'heltal' then cast(sv_heltal_ur(sedd.tal) as varchar)
            when sedd.slag = 'tal' then cast(sv_tal_ur(sedd.tal) as varchar)
            when sedd.slag = 'andel' then cast(sv_andel_ur(sedd.tal, sedd.enhet) as varchar)
            when sedd.slag = 'kr' then cast(sv_ore_ur(sedd.tal, sedd.enhet) as varchar)
            when sedd.slag = 'datum' then cast(sv_datum(sedd.skrivet) as varchar)
            when sedd.slag = 'manad' then cast(sv_manad(sedd.skrivet) as varchar)
            when sedd.slag = 'ar' then cast(sv_ar(sedd.skrivet) as varchar)
        end as varde
    from sedd
),

provad as (
    select
        tolkad.slag, tolkad.skrivet, tolkad.enhet, tolkad.ar_saknad, tolkad.varde,
        case
            when tolkad.ar_saknad or tolkad.varde is not null then null
            when tolkad.slag = 'kr' then sv_ore_fel_ur(tolkad.tal, tolkad.enhet)
            when tolkad.tal.ar_tvetydig then 'tvetydigt_tal'
            when tolkad.slag = 'heltal' then 'ogiltigt_heltal'
            when tolkad.slag = 'tal' then 'ogiltigt_tal'
            when tolkad.slag = 'andel' then 'ogiltig_andel'
            when tolkad.slag = 'datum' then sv_datum_fel(tolkad.skrivet)
            when tolkad.slag = 'manad' then 'ogiltig_manad'
            when tolkad.slag = 'ar' then 'ogiltigt_ar'
            when tolkad.slag = 'ja_nej' then 'ogiltigt_ja_nej'
            else 'varde_saknas'
        end as kod
    from tolkad
),

last as (
    select
        slagen.kallrad, slagen.del, slagen.nr, slagen.slag, slagen.ar_krav, slagen.minst, provad.ar_saknad, provad.kod,
        case
            when provad.ar_saknad then slagen.ersattning
            when slagen.slag = 'val' then ord.ordvarden[list_position(ord.ord, provad.varde)]
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
                when last.ar_saknad then case when last.ar_krav then 'varde_saknas' end
                when last.varde is null then coalesce(last.kod, 'okant_varde')
                when last.slag = 'andel' then case when try_cast(last.varde as double) not between 0 and 1 then 'ogiltig_andel' end
                when last.minst is not null then case when try_cast(last.varde as double) < last.minst then 'for_litet' end
            end
        })) as celler
    from last
    group by last.kallrad, last.del
)

select
    olast.kallrad, olast.del, olast.tabell_id, olast.rad, olast.dataset, olast.positioner, olast.celler,
    list_transform(samlad.celler, lambda cell: cell.varde) as varden,
    list_transform(samlad.celler, lambda cell: cell.ar_saknad) as saknade,
    list_transform(samlad.celler, lambda cell: cell.kod) as koder
from olast
inner join samlad on samlad.kallrad = olast.kallrad and samlad.del = olast.del
