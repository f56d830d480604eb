-- One row per compared figure and the judged window of the same measure and dates.
select jamforelse.resultat_id, rad.resultat_id as till
from results.modelljamforelse as jamforelse
inner join results.maluppfyllelse as rad
    on rad.insats_id = jamforelse.insats_id
    and rad.matt = jamforelse.matt
    and rad.fran = jamforelse.fran
    and rad.till = jamforelse.till
    and rad.grupp = ''
