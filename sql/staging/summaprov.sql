-- One row per case and record that may be a total: whether its figures are the sum of rows that it can stand for, whether that
-- can be known, whether there are such rows at all, and of its own category, and which figures differ in the nearest sum.
--
-- A case says which of these records are totals; the others are rows. A total can stand for the rows above since the last
-- total, those below until the next, all of the table, or those of its category. Between two records that may be totals
-- rows are added up once, whatever the case is: what is left is no larger than the totals are.
-- Half a unit of the last shown digit per row is how far rounding goes. Of counts it settles what is a total, not that it
-- is right: they are not rounded.
with kandidat as (
    select
        summa.tabell_id, summa.kallrad, summa.kategori, summa.slag <> 'varav' as ar_grans,
        row_number() over (partition by summa.tabell_id order by summa.kallrad) as nr
    from inbox.summa as summa
),

fall as (
    select
        summafall.fall, kandidat.tabell_id, kandidat.kallrad, kandidat.kategori, kandidat.nr, summafall.ar_summa,
        coalesce(max(case when summafall.ar_summa and kandidat.ar_grans then kandidat.nr end) over (
            partition by summafall.fall, kandidat.tabell_id order by kandidat.nr rows between unbounded preceding and 1 preceding
        ), 0) as forra,
        coalesce(min(case when summafall.ar_summa and kandidat.ar_grans then kandidat.nr end) over (
            partition by summafall.fall, kandidat.tabell_id order by kandidat.nr rows between 1 following and unbounded following
        ), 1000000000) as nasta
    from summafall
    inner join kandidat on kandidat.kallrad = summafall.kallrad
),

egen as (
    select
        fall.fall, fall.tabell_id, fall.kallrad, fall.kategori, fall.nr, fall.forra, fall.nasta, fall.ar_summa,
        figur.cell, figur.slag, figur.skrivet, figur.tal, figur.steg, figur.ar_oklar
    from fall
    inner join figur on figur.kallrad = fall.kallrad
),

-- Records that may be totals stand at odd places, the rows between them at even ones.
stalle as (
    select
        alla.fall, figur.tabell_id, figur.cell, 2 * coalesce(kandidat.nr, 0) as plats,
        sum(figur.tal) as tal, sum(figur.steg) as steg, count(*) as antal, count(*) filter (figur.ar_oklar) as oklara
    from figur
    asof left join kandidat on kandidat.tabell_id = figur.tabell_id and kandidat.kallrad <= figur.kallrad
    cross join (select distinct summafall.fall from summafall) as alla
    where not figur.ar_kandidat
    group by alla.fall, figur.tabell_id, figur.cell, kandidat.nr
    union all
    select egen.fall, egen.tabell_id, egen.cell, 2 * egen.nr - 1, egen.tal, egen.steg, 1, cast(egen.ar_oklar as integer)
    from egen
    where not egen.ar_summa
),

lopande as (
    select
        stalle.fall, stalle.tabell_id, stalle.cell, stalle.plats,
        sum(stalle.tal) over ordning as tal, sum(stalle.steg) over ordning as steg,
        sum(stalle.antal) over ordning as antal, sum(stalle.oklara) over ordning as oklara
    from stalle
    window ordning as (partition by stalle.fall, stalle.tabell_id, stalle.cell order by stalle.plats)
),

ande as (
    select egen.fall, egen.tabell_id, egen.kallrad, egen.cell, unnest([
        {'stracka': 'ovan', 'tecken': 1, 'plats': 2 * egen.nr - 2}, {'stracka': 'ovan', 'tecken': -1, 'plats': 2 * egen.forra - 1},
        {'stracka': 'under', 'tecken': 1, 'plats': 2 * egen.nasta - 2}, {'stracka': 'under', 'tecken': -1, 'plats': 2 * egen.nr - 1},
        {'stracka': 'alla', 'tecken': 1, 'plats': 2 * egen.nr - 2}, {'stracka': 'alla', 'tecken': 1, 'plats': 2000000000},
        {'stracka': 'alla', 'tecken': -1, 'plats': 2 * egen.nr - 1}
    ], recursive := true)
    from egen
),

stracka as (
    select
        ande.fall, ande.kallrad, ande.cell, ande.stracka,
        sum(ande.tecken * lopande.tal) as tal, sum(ande.tecken * lopande.steg) as steg,
        sum(ande.tecken * lopande.antal) as antal, sum(ande.tecken * lopande.oklara) as oklara
    from ande
    asof left join lopande
        on lopande.fall = ande.fall and lopande.tabell_id = ande.tabell_id and lopande.cell = ande.cell and lopande.plats <= ande.plats
    group by ande.fall, ande.kallrad, ande.cell, ande.stracka
),

nyckel as (
    select
        kategori.tabell_id, kategori.kategori, rad.kallrad,
        hash(list_transform(kategori.kategori, lambda cell: lower(trim(rad.celler[cell])))) as nyckel
    from inbox.gallande as rad
    inner join (select distinct kandidat.tabell_id, kandidat.kategori from kandidat where len(kandidat.kategori) > 0) as kategori
        on kategori.tabell_id = rad.tabell_id
    where rad.overhoppad is null or rad.kallrad in (select kandidat.kallrad from kandidat)
),

sokt as (
    select distinct nyckel.tabell_id, nyckel.kategori, nyckel.nyckel
    from nyckel
    inner join kandidat on kandidat.kallrad = nyckel.kallrad and kandidat.kategori = nyckel.kategori
),

del as (
    select
        alla.fall, nyckel.tabell_id, nyckel.kategori, nyckel.nyckel, figur.cell,
        sum(figur.tal) as tal, sum(figur.steg) as steg, count(*) as antal, count(*) filter (figur.ar_oklar) as oklara
    from nyckel
    semi join sokt on sokt.tabell_id = nyckel.tabell_id and sokt.kategori = nyckel.kategori and sokt.nyckel = nyckel.nyckel
    inner join figur on figur.kallrad = nyckel.kallrad
    cross join (select distinct summafall.fall from summafall) as alla
    left join summafall on summafall.fall = alla.fall and summafall.kallrad = nyckel.kallrad
    where not coalesce(summafall.ar_summa, false)
    group by alla.fall, nyckel.tabell_id, nyckel.kategori, nyckel.nyckel, figur.cell
),

prov as (
    select egen.fall, egen.kallrad, egen.cell, stracka.stracka, stracka.tal, stracka.steg, stracka.antal, stracka.oklara
    from egen
    inner join stracka on stracka.fall = egen.fall and stracka.kallrad = egen.kallrad and stracka.cell = egen.cell
    union all
    -- what is a row itself is no part of its own sum
    select
        egen.fall, egen.kallrad, egen.cell, 'kategori',
        del.tal - case when egen.ar_summa then 0 else coalesce(egen.tal, 0) end,
        del.steg - case when egen.ar_summa then 0 else egen.steg end,
        del.antal - case when egen.ar_summa then 0 else 1 end,
        del.oklara - case when egen.ar_summa then 0 else cast(egen.ar_oklar as integer) end
    from egen
    inner join nyckel on nyckel.kallrad = egen.kallrad and nyckel.kategori = egen.kategori
    inner join del
        on del.fall = egen.fall
        and del.tabell_id = nyckel.tabell_id
        and del.kategori = nyckel.kategori
        and del.nyckel = nyckel.nyckel
        and del.cell = egen.cell
),

jamford as (
    select
        egen.fall, egen.kallrad, egen.cell, egen.slag, egen.skrivet, prov.stracka, prov.antal, coalesce(prov.tal, 0) as summa,
        egen.ar_oklar or coalesce(prov.oklara, 0) > 0 as ar_oklar,
        coalesce(egen.tal, 0) - coalesce(prov.tal, 0) as skillnad,
        2 * abs(egen.tal - coalesce(prov.tal, 0)) <= greatest(prov.steg, egen.steg) as ar_lika,
        abs(egen.tal - coalesce(prov.tal, 0)) / greatest(abs(egen.tal), 1) as avstand
    from egen
    inner join prov on prov.fall = egen.fall and prov.kallrad = egen.kallrad and prov.cell = egen.cell
),

sort as (
    select
        jamford.fall, jamford.kallrad, jamford.stracka,
        bool_or(jamford.ar_oklar) as ar_oklar,
        count(*) filter (not jamford.ar_oklar) > 0 and bool_and(jamford.ar_oklar or jamford.ar_lika) as ar_traff,
        count(*) filter (not jamford.ar_oklar and not jamford.ar_lika) as brott,
        sum(jamford.avstand) as avstand,
        list_filter(
            list({
                'cell': jamford.cell, 'slag': jamford.slag, 'skrivet': jamford.skrivet, 'summa': jamford.summa, 'skillnad': jamford.skillnad,
                'ar_lika': jamford.ar_oklar or (jamford.ar_lika and (jamford.slag <> 'heltal' or jamford.skillnad = 0))
            } order by jamford.cell),
            lambda egen: not egen.ar_lika
        ) as avviker
    from jamford
    group by jamford.fall, jamford.kallrad, jamford.stracka
    having sum(jamford.antal) > 0
)

select
    sort.fall, sort.kallrad,
    bool_or(sort.ar_traff) as ar_traff,
    bool_or(sort.ar_oklar) as ar_oklar,
    bool_or(sort.stracka = 'kategori') as har_kategori,
    coalesce(arg_min(sort.avviker, (not sort.ar_traff, sort.brott, sort.avstand, sort.stracka)), []) as avviker
from sort
group by sort.fall, sort.kallrad
