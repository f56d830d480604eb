-- One row per key that several rows of `samnyckel` share: what they say together, whether a column says nothing, and the columns of
-- which nobody can say what holds.
--
-- A column says what the row says that says something. Of unlike ones within a source the later decides: the later received, else
-- the one whose file or sheet names the later period. Rows of several sources decide nothing about each other.
-- A column in which rows may differ says what the latest says.
--
-- Möten that are numbered anew each year are not corrected: at least three numbers of a file stand in others of its source, and each
-- for a day more than half a year away. Nobody can say which day holds.
with nyckel as (
    select enhet.nyckel, any_value(enhet.dataset) as dataset, min(enhet.varden) as varden, min(enhet.varden) <> max(enhet.varden) as ar_olik
    from samnyckel as enhet
    where not enhet.ar_ersatt
    group by enhet.nyckel
),

cell as (
    select
        enhet.nyckel, enhet.dataset, enhet.kallrad, enhet.del, enhet.leverans, enhet.mottagen, enhet.period,
        unnest(range(1, len(enhet.varden) + 1)) as nr, unnest(enhet.varden) as varde
    from samnyckel as enhet
    semi join (select nyckel from nyckel where ar_olik) as olik on olik.nyckel = enhet.nyckel
    where not enhet.ar_ersatt
),

kolumn as (
    select
        cell.nyckel, cell.nr, any_value(deklarerad.ar_fri) as ar_fri, min(cell.varde) as lagst, min(cell.varde) <> max(cell.varde) as ar_olik
    from cell
    inner join deklarerad on deklarerad.dataset = cell.dataset and deklarerad.nr = cell.nr
    group by cell.nyckel, cell.nr
),

olik as (
    select
        cell.nyckel, cell.nr, cell.leverans, cell.mottagen, cell.period, cell.varde, kolumn.ar_fri,
        (cell.mottagen, coalesce(cell.period, date '0001-01-01'), cell.kallrad, cell.del) as ordning
    from cell
    inner join kolumn on kolumn.nyckel = cell.nyckel and kolumn.nr = cell.nr
    where kolumn.ar_olik and cell.varde is not null
),

tid as (
    select olik.nyckel, olik.nr, olik.leverans, olik.mottagen, olik.period, min(olik.varde) as lagst, max(olik.varde) as hogst
    from olik
    where not olik.ar_fri
    group by olik.nyckel, olik.nr, olik.leverans, olik.mottagen, olik.period
),

dag as (
    select
        tid.nyckel, tid.nr, tid.leverans, tid.mottagen, coalesce(arg_max(tid.hogst, tid.period), max(tid.hogst)) as varde,
        min(tid.lagst) <> max(tid.hogst)
        and (count(*) > count(tid.period) or arg_max(tid.lagst, tid.period) <> arg_max(tid.hogst, tid.period)) as ar_oenig
    from tid
    group by tid.nyckel, tid.nr, tid.leverans, tid.mottagen
),

mote as (
    select
        enhet.nyckel, enhet.leverans, enhet.fil, deklarerad.nr,
        max(cast(enhet.varden[deklarerad.nr] as date)) over delad - min(cast(enhet.varden[deklarerad.nr] as date)) over delad > 182 as ar_fjarran
    from samnyckel as enhet
    inner join deklarerad on deklarerad.dataset = enhet.dataset and deklarerad.kolumn = 'datum'
    where enhet.dataset = 'mote' and not enhet.ar_ersatt
    window delad as (partition by enhet.nyckel, enhet.leverans)
),

omnumrerad as (
    select mote.nyckel, mote.leverans, any_value(mote.nr) as nr
    from mote
    inner join (select leverans, fil, count(*) >= 3 and bool_and(ar_fjarran) as ar_ny from mote group by leverans, fil) as fil
        on fil.leverans = mote.leverans and fil.fil = mote.fil
    group by mote.nyckel, mote.leverans
    having bool_and(fil.ar_ny)
),

kalla as (
    select
        dag.nyckel, dag.nr, arg_max(dag.varde, dag.mottagen) as varde,
        arg_max(dag.ar_oenig, dag.mottagen) or bool_or(omnumrerad.nyckel is not null) as ar_oenig
    from dag
    left join omnumrerad on omnumrerad.nyckel = dag.nyckel and omnumrerad.leverans = dag.leverans and omnumrerad.nr = dag.nr
    group by dag.nyckel, dag.nr, dag.leverans
),

avgjord as (
    select kalla.nyckel, kalla.nr, min(kalla.varde) as varde, bool_or(kalla.ar_oenig) or min(kalla.varde) <> max(kalla.varde) as ar_oenig
    from kalla
    group by kalla.nyckel, kalla.nr
    union all
    select olik.nyckel, olik.nr, arg_max(olik.varde, olik.ordning), false
    from olik
    where olik.ar_fri
    group by olik.nyckel, olik.nr
),

hel as (
    select
        kolumn.nyckel,
        list(case when avgjord.nr is null then kolumn.lagst when not avgjord.ar_oenig then avgjord.varde end order by kolumn.nr) as sagda,
        coalesce(list(kolumn.nr order by kolumn.nr) filter (avgjord.ar_oenig), []) as oeniga
    from kolumn
    left join avgjord on avgjord.nyckel = kolumn.nyckel and avgjord.nr = kolumn.nr
    group by kolumn.nyckel
),

ersatt as (
    select dataset, list(ersattning order by nr) as ersattningar
    from deklarerad
    group by dataset
)

select
    nyckel.nyckel, coalesce(hel.sagda, nyckel.varden) as sagda, coalesce(hel.oeniga, []) as oeniga,
    list_transform(coalesce(hel.sagda, nyckel.varden), lambda varde, nr: case
        when starts_with(varde, chr(1)) then null
        else coalesce(varde, ersatt.ersattningar[nr])
    end) as varden,
    list_transform(coalesce(hel.sagda, nyckel.varden), lambda varde: varde is null) as saknade
from nyckel
inner join ersatt on ersatt.dataset = nyckel.dataset
left join hel on hel.nyckel = nyckel.nyckel
