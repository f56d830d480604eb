-- One row per record that may be a total: whether it is one, and why.
--
-- Without figures to compare, words decide where dates and references are blank; of a word alone nobody asks. A record that
-- says no more than the word is a total also where its figures can be compared with none that are whole. A record with no rows
-- to sum is data, and is no part of another like it: of a survey where every row says `alla`, two equal answers are no totals.
with provad as (
    select
        summa.kallrad, summa.tabell_id, summa.cell, summa.slag, summa.ar_saker, summa.ar_tom,
        coalesce(forsta.ar_traff, false) or coalesce(prov.ar_traff, false) as ar_traff,
        summa.kallrad in (select figur.kallrad from figur) as har_figurer,
        coalesce(prov.ar_oklar, false) or summa.tabell_id in (
            select rad.tabell_id from inbox.rad as rad where rad.overhoppad in ('utanfor_urval', 'utelamnad')
        ) as ar_oklar,
        len(list_filter(rad.celler, lambda cell: trim(cell) <> '')) = 1 as ar_bar,
        summafall.ar_summa, coalesce(prov.avviker, []) as avviker
    from inbox.summa as summa
    inner join inbox.gallande as rad on rad.kallrad = summa.kallrad
    inner join summafall on summafall.kallrad = summa.kallrad
    left join summaprov as prov on prov.kallrad = summa.kallrad
    left join traffad as forsta on forsta.kallrad = summa.kallrad
)

select
    provad.kallrad, provad.tabell_id, provad.cell,
    case
        when provad.slag = 'varav' then 'varav'
        when provad.har_figurer and provad.ar_saker and not provad.ar_summa then 'ensam'
        when provad.ar_traff and provad.slag = 'bland' then 'mer'
        when provad.ar_traff then 'lika'
        when not provad.har_figurer then case when provad.ar_saker and provad.ar_tom then case when provad.ar_bar then 'lika' else 'oprovad' end end
        when provad.ar_oklar then case when provad.ar_saker or provad.ar_tom then 'oprovad' end
        when provad.ar_saker then 'olika'
    end as dom,
    case when provad.slag <> 'varav' and (provad.ar_traff or (provad.ar_saker and not provad.ar_oklar)) then provad.avviker else [] end as avviker
from provad
