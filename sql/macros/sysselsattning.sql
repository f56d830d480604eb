-- Words for work and studies, as SUS reports and förbund write them (the standard report's four groups:
-- förvärvsarbete, studier, aktivt arbetssökande, övriga). SUS's own full code list is not public.
-- A word outside the list is something else than work or studies; an empty cell is unknown.
create or replace macro ar_arbete_eller_studier(sysselsattning) as
    sysselsattning in (
        'arbete', 'arbetar', 'forvarvsarbete', 'forvarvsarbetar', 'anstallning', 'anstalld', 'subventionerat_arbete',
        'studier', 'studerar', 'utbildning', 'arbete_och_studier', 'arbete_eller_studier', 'arbetar_och_eller_studerar'
    );
