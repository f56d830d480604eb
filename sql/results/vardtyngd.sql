-- One row per care unit of a förbund: its grades weighed together, its rank, and how far the rank moves.
--
-- A unit that lacks a parameter has no points: its grade there may be any, and nobody invents one. Its points lie between those
-- of grade 1 and of grade 4. The rank is one more than the number of units whose points are higher whatever is missing.
-- rang_lag and rang_hog are its best and worst rank over rules (as declared, all quartiles, all of equal width) and weights (as
-- declared, all alike, each parameter in turn doubled), and over what is missing. Equal points share a rank.
with vikter as (
    select distinct forbund_id, parameter, vikt from marts.vardgrad
),
vagda as (
    select forbund_id, 'angiven' as vagning, parameter, vikt from vikter
    union all
    select forbund_id, 'lika', parameter, 1 from vikter
    union all
    select alla.forbund_id, 'dubbel ' || dubbel.parameter, alla.parameter, alla.vikt * case when alla.parameter = dubbel.parameter then 2 else 1 end
    from vikter as alla inner join vikter as dubbel using (forbund_id)
),
poang as (
    select
        grad.forbund_id, grad.enhet_id, fall.regel, vagda.vagning,
        sum(vagda.vikt * coalesce(grad.grad, 1)) as lag,
        sum(vagda.vikt * coalesce(grad.grad, 4)) as hog,
        count(*) - count(grad.grad) as saknade
    from (select unnest(['angiven', 'kvartil', 'lika_bredd']) as regel) as fall
    inner join marts.vardgrad as grad on grad.regel = fall.regel or (fall.regel = 'angiven' and grad.ar_vald)
    inner join vagda on vagda.forbund_id = grad.forbund_id and vagda.parameter = grad.parameter
    group by grad.forbund_id, grad.enhet_id, fall.regel, vagda.vagning
),
granser as (
    select *, unnest([lag, hog]) as poang, unnest([true, false]) as ar_lag from poang
),
-- Surely above are those whose lowest is higher than its highest; perhaps above those whose highest is higher than its lowest.
rangordnade as (
    select
        *,
        count(*) filter (ar_lag) over hogre as sakert,
        count(*) filter (not ar_lag) over hogre - cast(hog > lag as integer) as kanske
    from granser
    window hogre as (partition by forbund_id, regel, vagning order by poang desc groups between unbounded preceding and 1 preceding)
)
select
    rang.forbund_id,
    rang.enhet_id,
    any_value(enhet.namn) as namn,
    any_value(enhet.omrade) as omrade,
    cast(max(lag) filter (ar_angiven and saknade = 0) as double) as poang,
    1 + max(sakert) filter (ar_angiven and not ar_lag and saknade = 0) as rang,
    1 + min(sakert) filter (not ar_lag) as rang_lag,
    1 + max(kanske) filter (ar_lag) as rang_hog,
    max(saknade) as saknade
from (select *, regel = 'angiven' and vagning = 'angiven' as ar_angiven from rangordnade) as rang
inner join marts.vardenhet as enhet using (forbund_id, enhet_id)
group by rang.forbund_id, rang.enhet_id
