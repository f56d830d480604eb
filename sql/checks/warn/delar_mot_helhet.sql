-- One row per delivered total that the totals of shorter periods within it do not give: they come to more, or cover all its days and
-- come to something else. And one per outcome of all whose women and men are more: they count.
--
-- Months, quarters, tertials and half-years within a year are each summed by themselves. Only counts that add up over time; of
-- parts that are hidden for secrecy only the others are known.
with antal as (
    select kallrad, insats_id, 'totalt' as kolumn, slag as serie, fran, till, coalesce(totalt, kvinnor + man + coalesce(okant, 0)) as antal
    from staging.deltagarantal where slag in ('nya', 'avslutade')
    union all
    select kallrad, insats_id, 'antal', motestyp || status, fran, till, antal from staging.moteantal
    union all
    select kallrad, insats_id, 'kallade', part_id, fran, till, kallade from staging.narvaroantal
    union all
    select kallrad, insats_id, 'narvarande', part_id, fran, till, narvarande from staging.narvaroantal
),
delad as (
    select
        hel.kallrad, hel.kolumn, hel.antal, sum(del.antal) as delar,
        count(del.antal) = count(*) and sum(del.till - del.fran + 1) = any_value(hel.till - hel.fran + 1) as ar_hel
    from antal as hel
    inner join antal as del
        on del.insats_id = hel.insats_id and del.kolumn = hel.kolumn and del.serie = hel.serie
        and del.fran >= hel.fran and del.till <= hel.till and del.kallrad <> hel.kallrad
    group by hel.kallrad, hel.kolumn, hel.antal, case when del.till - del.fran > 122 then 6 when del.till - del.fran > 91 then 4 when del.till - del.fran > 30 then 3 else 1 end
)
select kallrad, kolumn, visad('tal', cast(antal as varchar)) as varde, string_agg(distinct visad('tal', cast(delar as varchar)), ' och ') as detalj
from delad
where delar > antal or (ar_hel and delar <> antal)
group by kallrad, kolumn, antal
union all
select kallrad, 'antal', visad('tal', cast(antal as varchar)), visad('tal', cast(delar as varchar))
from (
    select *, sum(antal) filter (kon is not null) over (partition by insats_id, fran, till, sv_vik(variabel), sv_vik(varde)) as delar
    from staging.deltagarutfall
)
where kon is null and delar > antal
