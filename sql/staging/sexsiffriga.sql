-- One row per row of `olast` with an end of its period in six digits that are a day: the ends and their days.
--
-- Six digits are a year and a month, unless every cell of the column is a day.
with ande as (
    select olast.kallrad, olast.del, olast.tabell_id, deklarerad.nr, sv_trim(olast.celler[deklarerad.nr]) as skrivet
    from olast
    inner join deklarerad on deklarerad.dataset = olast.dataset and deklarerad.slag in ('fran', 'till')
),

tveksam as (
    select distinct ande.tabell_id, ande.nr
    from ande
    where regexp_full_match(ande.skrivet, '(19|20)\d\d(0[1-9]|1[0-2])')
),

cell as (
    select ande.kallrad, ande.del, ande.tabell_id, ande.nr, ande.skrivet
    from ande
    semi join tveksam on tveksam.tabell_id = ande.tabell_id and tveksam.nr = ande.nr
    union all
    select att_lasa.kallrad, 0 as del, tveksam.tabell_id, tveksam.nr, att_lasa.celler[tabell.positioner[tveksam.nr]] as skrivet
    from tveksam
    inner join inbox.tabell as tabell on tabell.tabell_id = tveksam.tabell_id
    inner join att_lasa on att_lasa.tabell_id = tveksam.tabell_id
    semi join inlast on inlast.kallrad = att_lasa.kallrad
),

dag as (
    select
        cell.kallrad, cell.del, cell.tabell_id, cell.nr,
        case when regexp_full_match(cell.skrivet, '\d{6}') then sv_dag_ur([cell.skrivet[1:2], cell.skrivet[3:4], cell.skrivet[5:6]]) end as dag
    from cell
    where not sv_saknas(cell.skrivet)
    qualify bool_and(dag is not null) over (partition by cell.tabell_id, cell.nr)
)

select dag.kallrad, dag.del, list(dag.nr) as ander, list(cast(dag.dag as varchar)) as dagar
from dag
group by dag.kallrad, dag.del
