-- One row per cost share and invoice row: counted in the share, or in the whole that it is a share of.
select distinct
    andel.resultat_id,
    faktura.kallrad,
    case when faktura.belopp_ore is null then 'timmar' else 'belopp' end as kolumn,
    case
        when andel.dimension = 'insats' then 'raknad'
        when (faktura.belopp_ore is not null or faktura.forbund_id is not null) and andel.id = coalesce(
            case andel.dimension when 'forbund' then faktura.forbund_id when 'part' then faktura.part_id else faktura.huvudman end, 'ingen'
        ) then 'raknad'
        when faktura.belopp_ore is not null then 'namnare'
        else 'utesluten'
    end as roll,
    case when faktura.belopp_ore is null and andel.dimension <> 'insats' then 'timmar utan belopp' end as skal
from (
    select resultat_id, insats_id, dimension, id, fran, till from results.kostnadsandel
    union all
    select resultat_id, insats_id, dimension, id, fran, till from results.kostnadsandel_ar
) as andel
inner join marts.faktura as faktura
    on faktura.insats_id = andel.insats_id
    and faktura.fran <= andel.till
    and faktura.till >= andel.fran
