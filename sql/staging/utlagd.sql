-- One row per row that a mapped record gives its dataset: its cells in the order of the dataset's columns, and the records it is made of.
--
-- A part without any of its figures gives no row; the variable `tomma` asks for these instead. Parts of one key that headings and categories give together are one row,
-- and so are equal answers, which are counted.
with del as (
    select
        rad.kallrad, rad.tabell_id, rad.rad, rad.celler, utlagg.del, utlagg.dataset, utlagg.kallor, utlagg.tal, utlagg.nyckel,
        utlagg.raknad, utlagg.insats, utlagg.flerval
    from inbox.gallande as rad
    inner join inbox.utlagg as utlagg on utlagg.tabell_id = rad.tabell_id
    where rad.overhoppad is null
        and case
            when utlagg.kategori = 0 then true
            when utlagg.endast is null then not list_contains(utlagg.utom, tolka_nyckel(coalesce(rad.celler[utlagg.kategori], '')))
            else utlagg.endast = tolka_nyckel(coalesce(rad.celler[utlagg.kategori], ''))
        end
),

vald as (
    select
        del.kallrad, del.tabell_id, del.rad, del.del, del.dataset, del.kallor, del.tal, del.nyckel, del.raknad, del.insats,
        unnest(case
            when del.flerval = 0 then [del.celler]
            else list_transform(
                list_distinct(list_filter(
                    list_transform(string_split(del.celler[del.flerval], ';'), lambda ett: sv_trim(ett)), lambda ett: ett <> ''
                )),
                lambda ett: list_transform(del.celler, lambda cell, nr: case when nr = del.flerval then ett else cell end)
            )
        end) as celler
    from del
),

skriven as (
    select
        vald.kallrad, vald.tabell_id, vald.rad, vald.del, vald.dataset, vald.kallor, vald.tal, vald.nyckel, vald.raknad, vald.insats, vald.celler,
        list_transform(vald.kallor, lambda kalla: tolka_celler(vald.celler, kalla.celler)) as skrivna
    from vald
),

ordad as (
    select
        skriven.kallrad, skriven.tabell_id, skriven.rad, skriven.del, skriven.dataset, skriven.kallor, skriven.tal, skriven.nyckel, skriven.raknad,
        skriven.insats, skriven.celler,
        list_transform(skriven.kallor, lambda kalla, nr: case
            when len(kalla.ord) = 0 then skriven.skrivna[nr]
            else tolka_ord(skriven.skrivna[nr], tolka_nyckel(skriven.skrivna[nr]), kalla.ord, kalla.varden)
        end) as ord
    from skriven
),

-- A row states each form of period once.
period as (
    select
        ordad.kallrad, ordad.tabell_id, ordad.rad, ordad.del, ordad.dataset, ordad.kallor, ordad.tal, ordad.nyckel, ordad.raknad, ordad.insats,
        ordad.celler, ordad.ord,
        list_transform(['fran', 'till', 'ar'], lambda form: list_position(list_transform(ordad.kallor, lambda kalla: kalla.form), form)) as platser,
        list_transform(platser, lambda nr: case when nr > 0 then trim(concat_ws(' ', ordad.kallor[nr].konstant, ordad.ord[nr])) end) as perioder
    from ordad
),

-- Periods repeat themselves: each text is read once.
tid as (
    select text.skrivet, sv_period(text.skrivet) as period
    from (select distinct unnest(period.perioder) as skrivet from period) as text
),

tolkad as (
    select
        period.kallrad, period.tabell_id, period.rad, period.del, period.dataset, period.kallor, period.tal, period.nyckel, period.raknad, period.insats,
        list_transform(period.kallor, lambda kalla, nr: case
            when kalla.form = 'fran' then coalesce(cast(fran.period.fran as varchar), period.perioder[1])
            when kalla.form = 'till' then coalesce(cast(till.period.till as varchar), period.perioder[2])
            when kalla.form = 'ar'
                -- A day is of its year; what is stated for a year is not stated of its months.
                then coalesce(case when ar.period.till in (ar.period.fran, last_day(ar.period.fran + interval 11 month)) and year(ar.period.fran) = year(ar.period.till)
                    then cast(year(ar.period.fran) as varchar) end, period.perioder[3])
            when kalla.form = 'belopp'
                then tolka_belopp(period.ord[nr], period.celler[kalla.kredit], kalla.enhet, kalla.ar_storlek, kalla.ar_omvant, kalla.ar_avrundat)
            when kalla.form = 'id'
                then tolka_id(case when kalla.konstant is not null and sv_saknas(period.ord[nr]) then kalla.konstant else period.ord[nr] end, kalla.bredd)
            when kalla.konstant is not null and sv_saknas(period.ord[nr]) then kalla.konstant
            else period.ord[nr]
        end) as celler
    from period
    left join tid as fran on fran.skrivet = period.perioder[1]
    left join tid as till on till.skrivet = period.perioder[2]
    left join tid as ar on ar.skrivet = period.perioder[3]
),

fylld as (
    select
        tolkad.kallrad, tolkad.tabell_id, tolkad.rad, tolkad.del, tolkad.dataset, tolkad.kallor, tolkad.nyckel, tolkad.raknad, tolkad.insats, tolkad.celler
    from tolkad
    where case
        when coalesce(getvariable('tomma'), false)
            then len(list_filter(tolkad.tal, lambda nr: sv_saknas(tolkad.celler[nr]))) = len(tolkad.tal)
        else len(tolkad.tal) = 0 or len(list_filter(tolkad.tal, lambda nr: not sv_saknas(tolkad.celler[nr]))) > 0
    end
),

samlad as (
    select
        min(fylld.kallrad) as kallrad, fylld.tabell_id, arg_min(fylld.rad, fylld.kallrad) as rad, min(fylld.del) as del,
        any_value(fylld.dataset) as dataset, arg_min(fylld.kallor, (fylld.kallrad, fylld.del)) as kallor, any_value(fylld.insats) as insats,
        any_value(fylld.raknad) as raknad, count(*) as antal, list_sort(list(distinct fylld.kallrad)) as kallrader,
        list(fylld.celler order by fylld.kallrad, fylld.del) as rader
    from fylld
    where len(fylld.nyckel) > 0
    group by fylld.tabell_id, list_transform(fylld.nyckel, lambda nr: tolka_nyckel(fylld.celler[nr]))
),

-- A survey lasts from its first answer to its last.
spann as (
    select svar.tabell_id, min(svar.cell) filter (where svar.form = 'fran') as fran, max(svar.cell) filter (where svar.form = 'till') as till
    from (
        select tolkad.tabell_id, unnest(list_transform(tolkad.kallor, lambda kalla: kalla.form)) as form, unnest(tolkad.celler) as cell
        from tolkad
        where tolkad.raknad > 0
    ) as svar
    group by svar.tabell_id
),

alla as (
    select fylld.kallrad, fylld.tabell_id, fylld.rad, fylld.del, fylld.dataset, fylld.kallor, fylld.insats, fylld.celler, [fylld.kallrad] as kallrader
    from fylld
    where len(fylld.nyckel) = 0
    union all
    select
        samlad.kallrad, samlad.tabell_id, samlad.rad, samlad.del, samlad.dataset, samlad.kallor, samlad.insats,
        list_transform(samlad.rader[1], lambda cell, nr: case
            when nr = samlad.raknad then cast(samlad.antal as varchar)
            when samlad.raknad > 0 and samlad.kallor[nr].form = 'fran' then spann.fran
            when samlad.raknad > 0 and samlad.kallor[nr].form = 'till' then spann.till
            else list_filter(list_transform(samlad.rader, lambda rad: rad[nr]), lambda text: not sv_saknas(text))[1]
        end),
        samlad.kallrader
    from samlad
    left join spann on spann.tabell_id = samlad.tabell_id
)

select
    alla.kallrad, alla.tabell_id, alla.rad, alla.dataset, alla.kallrader,
    cast(row_number() over (partition by alla.kallrad order by alla.del, alla.celler) as integer) as del,
    list_transform(alla.kallor, lambda kalla: coalesce(kalla.celler[1], 0)) as positioner,
    list_transform(alla.kallor, lambda kalla: case when kalla.form = 'belopp' then '' else kalla.enhet end) as enheter,
    list_transform(alla.celler, lambda cell, nr: case
        when alla.kallor[nr].form = 'forbund' and sv_saknas(cell) then kand.forbund_id
        else cell
    end) as celler
from alla
left join kant_forbund as kand on kand.insats_id = sv_trim(alla.celler[alla.insats])
