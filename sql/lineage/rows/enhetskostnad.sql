-- One row per unit cost and invoice row in its numerator. What its denominator counts is told where it is counted.
select distinct kostnad.resultat_id, faktura.kallrad, 'belopp' as kolumn, 'raknad' as roll
from results.enhetskostnad as kostnad
inner join measures.enhetsantal as antal using (insats_id, per, period)
inner join marts.faktura_ar as faktura
    on faktura.insats_id = kostnad.insats_id
    and faktura.belopp_ore is not null
    and (antal.forsta_ar is null or faktura.ar between antal.forsta_ar and antal.sista_ar)
