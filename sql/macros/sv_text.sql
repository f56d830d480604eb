-- Text as people write it: what is blank, what is missing, when two spellings are one.

-- White space at the ends, and characters that cannot be seen, carry no meaning.
create or replace macro sv_trim(skrivet) as
    trim(regexp_replace(skrivet, '[\x{01}-\x{08}\x{0B}\x{0C}\x{0E}-\x{1F}\x{7F}-\x{9F}\x{AD}\x{061C}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]', '', 'g'), chr(9) || chr(10) || chr(13) || ' ' || chr(160) || chr(8239) || chr(8201));

-- An empty cell, a dash, two dots and the words themselves all say that nobody stated a value; none of them is 0.
create or replace macro sv_saknas(skrivet) as
    skrivet is null
    or list_contains(['', '-', chr(8211), chr(8212), '--', '..', chr(8230), 'i.u.', 'n/a', 'uppgift saknas', 'vet ej'], lower(sv_trim(skrivet)));

-- The same folding as fold() in src/schema/columns.ts: case, diacritics, spaces and punctuation do not count.
create or replace macro sv_vik(skrivet) as
    regexp_replace(translate(lower(strip_accents(skrivet)), 'øæ', 'oa'), '[^\p{L}\p{N}]', '', 'g');

-- A word of an open list as a column value: 'Styrgrupp ' and 'styrgrupp' are one kind of meeting.
create or replace macro sv_kod(skrivet) as
    trim(regexp_replace(translate(lower(strip_accents(sv_trim(skrivet))), 'øæ', 'oa'), '[^a-z0-9]+', '_', 'g'), '_');

-- A word that says that it is not known says nothing else.
create or replace macro kand_kod(ord) as
    case when not list_contains(['okant', 'okand', 'ej_kant', 'ej_kand', 'inte_kant', 'vet_ej', 'uppgift_saknas', 'i_u', 'n_a', ''], ord) then ord end;

-- Several words in one cell, and those of them that are known; null where none is.
create or replace macro sv_koder(skrivet) as
    nullif(array_to_string(list_filter(list_transform(string_split_regex(skrivet, '[;+]'), lambda ord: sv_kod(ord)), lambda ord: ord <> ''), ';'), '');
create or replace macro kanda_koder(ord) as
    list_filter(list_distinct(list_transform(string_split(ord, ';'), lambda ett: kand_kod(ett))), lambda ett: ett is not null);

create or replace macro sv_ja_nej(skrivet) as
    map {
        'ja': true, 'j': true, 'x': true, '1': true, 'sant': true, 'true': true,
        'nej': false, 'n': false, '0': false, 'falskt': false, 'false': false
    }[lower(sv_trim(skrivet))];

-- The id of a result row; resultId() in src/schema/results.ts is its twin.
create or replace macro id_led(varde) as
    replace(replace(replace(coalesce(cast(varde as varchar), ''), '%', '%25'), '/', '%2F'), '#', '%23');
