-- One row per filled figure of a table that may have totals: what it says (öre of an amount), and one of its last shown digit.
--
-- ar_oklar: it cannot be read, is kept secret, or stands in a row that is refused. The plainest writing is read first: the
-- macros are slow.
with plats as (
    select tabell.tabell_id, tabell.positioner[deklarerad.nr] as cell, deklarerad.slag, nullif(tabell.enheter[deklarerad.nr], '') as enhet
    from inbox.tabell as tabell
    inner join deklarerad on deklarerad.dataset = tabell.dataset and deklarerad.ar_summerad
    where tabell.tabell_id not in (select utlagg.tabell_id from inbox.utlagg as utlagg)
    union
    select lagd.tabell_id, unnest([lagd.kalla.celler[1], lagd.kalla.kredit]) as cell, deklarerad.slag, nullif(lagd.kalla.enhet, '') as enhet
    from (
        select utlagg.tabell_id, utlagg.dataset, unnest(utlagg.kallor) as kalla, generate_subscripts(utlagg.kallor, 1) as nr
        from inbox.utlagg as utlagg
    ) as lagd
    inner join deklarerad on deklarerad.dataset = lagd.dataset and deklarerad.nr = lagd.nr and deklarerad.ar_summerad
),

cell as (
    select
        rad.tabell_id, rad.kallrad, plats.cell, any_value(plats.slag) as slag, any_value(plats.enhet) as enhet,
        any_value(trim(rad.celler[plats.cell])) as skrivet, any_value(summa.kallrad) is not null as ar_kandidat
    from inbox.gallande as rad
    inner join plats on plats.tabell_id = rad.tabell_id and plats.cell > 0
    semi join inbox.summa as egen on egen.tabell_id = rad.tabell_id
    left join inbox.summa as summa on summa.kallrad = rad.kallrad
    where (rad.overhoppad is null or summa.kallrad is not null) and not sv_saknas(rad.celler[plats.cell])
    group by rad.tabell_id, rad.kallrad, plats.cell
),

last as (
    select
        cell.tabell_id, cell.kallrad, cell.cell, cell.slag, cell.skrivet, cell.ar_kandidat, cell.enhet,
        regexp_full_match(cell.skrivet, '-?\d{1,12}([,.]\d{1,2})?') as ar_enkel,
        case
            when ar_enkel then cast(replace(cell.skrivet, ',', '.') as decimal(38, 6))
                * case when cell.slag <> 'kr' then 1 when cell.enhet = 'tkr' then 100000 when cell.enhet = 'mkr' then 100000000 else 100 end
            when cell.slag = 'kr' then cast(tolka_ore(cell.skrivet, cell.enhet) as decimal(38, 6))
            when cell.slag = 'timmar' then cast(list_transform([sv_last(cell.skrivet)], lambda l: sv_timmar_ur(l, cell.skrivet))[1] as decimal(38, 6))
            else cast(sv_tal(cell.skrivet) as decimal(38, 6))
        end as tal,
        cast(least(6, length(regexp_extract(cell.skrivet, '[,.:](\d+)\D*$', 1))) as integer) as decimaler
    from cell
)

select
    last.tabell_id, last.kallrad, last.cell, last.slag, last.skrivet, last.ar_kandidat, last.tal,
    last.tal is null or last.kallrad in (select fel.kallrad from checks.fel as fel) as ar_oklar,
    [1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001][last.decimaler + 1]
    * case
        when last.slag <> 'kr' then 1
        else case coalesce(case when not last.ar_enkel then sv_enhet_ren(sv_talskrift(last.skrivet)) end, last.enhet, 'kr')
            when 'tkr' then 100000 when 'mkr' then 100000000 else 100
        end
    end as steg
from last
