-- One row per figure of a förbund's cost and row it is made of: invoices counted, and what they are held to.
with kostnad as (
    select resultat_id, forbund_id, dimension, id, cast(null as bigint) as ar from results.forbundskostnad
    union all
    select resultat_id, forbund_id, dimension, id, ar from results.forbundskostnad_ar
)
select distinct
    kostnad.resultat_id,
    faktura.kallrad,
    case when faktura.belopp_ore is null then 'timmar' else 'belopp' end as kolumn,
    case
        when case kostnad.dimension
            when 'forbund' then true
            when 'insats' then faktura.insats_id = kostnad.id
            when 'part' then coalesce(faktura.insats_id || '/' || faktura.part_id, 'ingen') = kostnad.id
            when 'huvudman' then coalesce(faktura.huvudman, 'ingen') = kostnad.id
        end then 'raknad'
        else 'namnare'
    end as roll
from kostnad
inner join marts.faktura_ar as faktura
    on faktura.forbund_id = kostnad.forbund_id
    and (kostnad.ar is null or faktura.ar = kostnad.ar)
union
select kostnad.resultat_id, faktura.kallrad, 'belopp', 'namnare'
from kostnad
inner join marts.faktura_ar as faktura
    on kostnad.dimension = 'insats'
    and faktura.insats_id = kostnad.id
    and faktura.forbund_id <> kostnad.forbund_id
    and faktura.belopp_ore is not null
    and (kostnad.ar is null or faktura.ar = kostnad.ar)
union all
select kostnad.resultat_id, _.kallrad, 'belopp', 'namnare'
from kostnad
inner join marts.medel as medel
    on medel.forbund_id = kostnad.forbund_id
    and (kostnad.ar is null or medel.ar = kostnad.ar)
    and (kostnad.dimension = 'forbund' or (kostnad.dimension = 'insats' and medel.insats_id = kostnad.id)),
    unnest(medel.kallrader) as _(kallrad)
