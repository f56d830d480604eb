-- One row per delivered count and kön that it states, clipped to the insats; of what lies ahead only what is planned. The rows of one count add up to its total.
--
-- kön is null for what is left of the total when women or men are not stated. A count that states only women, or
-- only men, and no total says nothing of the whole and is no count of deltagare; it stays in staging.
-- key: rad_id, kallkolumn
-- null: kon
-- bevis: insats_id, 'deltagare' as register, 'aggregat' as tid, fran, till, kon, [kallrad] as kallrader, kallkolumn
with klippt as (
    select
        antal.*,
        antal.rowid as rad_id,
        greatest(antal.fran, coalesce(insats.startdatum, antal.fran)) as klippt_fran,
        least(antal.till, coalesce(insats.slutdatum, antal.till)) as klippt_till,
        coalesce(antal.totalt, antal.kvinnor + antal.man + coalesce(antal.okant, 0)) as helhet
    from staging.deltagarantal as antal
    inner join staging.insats as insats on insats.insats_id = antal.insats_id
),
delar as (
    select *, 'kvinna' as del, kvinnor as del_antal, 'kvinnor' as kallkolumn from klippt
    union all select *, 'man', man, 'man' from klippt
    union all select *, 'okant', okant, 'okant' from klippt
    union all select *, null, helhet - coalesce(kvinnor, 0) - coalesce(man, 0) - coalesce(okant, 0), 'totalt' from klippt
)
select
    rad_id,
    insats_id,
    slag,
    klippt_fran as fran,
    klippt_till as till,
    del as kon,
    del_antal as antal,
    coalesce(minst_parter, 1) as minst_parter,
    kallrad,
    kallkolumn
from delar
where helhet is not null
    and klippt_fran <= klippt_till
    and (fran <= getvariable('idag') or slag = 'planerat')
    and del_antal is not null
    and (del is not null or del_antal > 0 or (kvinnor is null and man is null and okant is null))
