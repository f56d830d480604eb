-- Words for work and studies, as SUS reports and förbund write them (the standard report's four groups:
-- förvärvsarbete, studier, aktivt arbetssökande, övriga). SUS's own full code list is not public.
-- Words that say that somebody does neither are listed too. A word that is not here is unknown, and never a silent no.
create or replace macro arbete_eller_studier() as [
    'arbete', 'arbetar', 'forvarvsarbete', 'forvarvsarbetar', 'anstallning', 'anstalld', 'subventionerat_arbete',
    'studier', 'studerar', 'utbildning', 'arbete_och_studier', 'arbete_eller_studier', 'arbetar_och_eller_studerar'
];
create or replace macro kanda_sysselsattningar() as list_concat(arbete_eller_studier(), [
    'arbetssokande', 'aktivt_arbetssokande', 'aktivt_arbetssok', 'arbetslos', 'sjukskriven', 'sjukskrivning', 'sjuk',
    'praktik', 'arbetspraktik', 'arbetstraning', 'arbetsprovning', 'rehabilitering', 'foraldraledig', 'foraldraledighet',
    'pension', 'pensionar', 'alderspension', 'sjukersattning', 'aktivitetsersattning', 'arbetsmarknadsprogram',
    'arbetsmarknadspolitiskt_program', 'flyttat', 'flytt', 'avliden', 'ovrigt', 'ovriga', 'ovriga_avslutade', 'annat', 'ingen', 'inget',
    'ingen_sysselsattning', 'varken_arbete_eller_studier', 'nej', 'felregistrering'
]);
-- Where several are stated, one that is work or studies is enough, and one that nobody knows leaves it unknown.
create or replace macro ar_okand_sysselsattning(ord) as not list_has_all(kanda_sysselsattningar(), kanda_koder(ord));
create or replace macro ar_arbete_eller_studier(ord) as
    case when not ar_okand_sysselsattning(ord) then list_has_any(arbete_eller_studier(), kanda_koder(ord)) end;

-- Who has no public support has no other: where both are stated, nobody knows which.
create or replace macro ar_ingen_forsorjning(ord) as ord in ('ingen', 'ingen_ersattning', 'ingen_offentlig_forsorjning');
create or replace macro ar_oforenlig_forsorjning(koder) as
    len(koder) > 1 and len(list_filter(koder, lambda ett: ar_ingen_forsorjning(ett))) > 0;
create or replace macro forenliga_koder(ord) as
    case when not coalesce(ar_oforenlig_forsorjning(kanda_koder(ord)), false) then kanda_koder(ord) end;

-- Outcomes that a measure or a table reads. Any other word is an outcome of its own; one near these is a slip until somebody says so.
create or replace macro kanda_utfall() as [
    'sysselsattning_efter', 'forsorjning_fore', 'avslutsorsak', 'utbildning', 'alder', 'stegforflyttning_register',
    'stegforflyttning_sjalvskattad', 'sysselsattning_fore', 'forsorjning_efter', 'fortsatt_behov', 'remitterande', 'kommun',
    'tid_i_forsorjning', 'tid_i_insats'
];
create or replace macro narmaste_ord(ord, kanda) as
    list_transform(
        [list_sort(list_transform(kanda, lambda kant: {'avstand': levenshtein(ord, kant), 'ord': kant}))[1]],
        lambda narmast: case when narmast.avstand <= least(greatest(2, length(ord) // 3), length(ord) - 2) then narmast.ord end
    )[1];
create or replace macro kant_utfall(skrivet) as coalesce(narmaste_ord(sv_kod(skrivet), kanda_utfall()), sv_kod(skrivet));
create or replace macro ar_osakert_utfall(skrivet) as
    list_contains(kanda_utfall(), kant_utfall(skrivet)) and lower(strip_accents(sv_trim(skrivet))) <> kant_utfall(skrivet);

-- Reasons that measures read. Any other is a reason of its own; one near these is a slip until somebody says so.
create or replace macro lasta_orsaker() as ['felregistrering', 'avbrott', 'avbrutet', 'avbruten', 'avbrutit', 'avbrutet_samarbete', 'avbrutit_samarbete'];
create or replace macro ar_osaker_orsak(ord) as not list_contains(lasta_orsaker(), ord) and narmaste_ord(ord, lasta_orsaker()) is not null;
