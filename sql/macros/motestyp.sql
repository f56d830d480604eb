-- Kinds of möte that goals ask for. The list is open: another word is a kind of its own, but one that is a slip of the pen away
-- from one of these may be that one. `kurs` is two letters from `puls` and no slip: a short word has to be nearer.
create or replace macro kanda_motestyper() as ['samverkan', 'puls', 'styrgrupp', 'planering', 'granskning', 'natverk', 'workshop'];

-- A kind of möte without the word for a meeting: Samverkansmöten are of the kind samverkan. src/schema/motestyp.ts does the same.
create or replace macro sv_motestyp(skrivet) as
    regexp_replace(sv_kod(skrivet), '^(' || array_to_string(kanda_motestyper(), '|') || ')s?(_?(mote|motet|moten|motena|traff|traffen|traffar))?$', '\1');

create or replace macro menad_motestyp(ord) as
    list_filter(
        kanda_motestyper(),
        lambda kand: levenshtein(ord, kand) between 1 and case when length(kand) < 6 then 1 else 2 end
    )[1];
