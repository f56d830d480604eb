-- A Swedish date is read here and nowhere else. It is a calendar day: no clock, no time zone.

create or replace macro sv_sekel(tva_siffror) as
    case when cast(tva_siffror as integer) <= 68 then 2000 else 1900 end + cast(tva_siffror as integer);

create or replace macro sv_manadsnummer(namn) as
    list_position(['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'], left(namn, 3));

create or replace macro sv_dag(artal, manad, dag) as
    case when artal between 1900 and 2100 then try_cast(printf('%04d-%02d-%02d', artal, manad, dag) as date) end;

-- Year, month and day as written, in that order and joined by '-': the month may be a word, the year two digits.
-- 02/03/2023 is refused: the second of March or the third of February. 17/2 2023 and 17/2-23 are Swedish and can only be read one way.
create or replace macro sv_datum_delar(t) as
    case
        when regexp_full_match(t, '\d{4}-\d{2}-\d{2}([ t]00:00(:00)?(\.0+)?)?') then t[1:10]
        when regexp_full_match(t, '\d{4}/\d{1,2}/\d{1,2}') then replace(t, '/', '-')
        when regexp_full_match(t, '\d{8}') then regexp_replace(t, '(\d{4})(\d{2})(\d{2})', '\1-\2-\3')
        when regexp_full_match(t, '\d{6}') then regexp_replace(t, '(\d{2})(\d{2})(\d{2})', '\1-\2-\3')
        when regexp_full_match(t, '\d{1,2}/\d{1,2} ?[- ] ?(\d{4}|\d{2})')
            then regexp_replace(t, '(\d+)/(\d+) ?[- ] ?(\d+)', '\3-\2-\1')
        when regexp_full_match(t, '(den )?\d{1,2}(:e|e)? (jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.? (\d{4}|\d{2})')
            then regexp_replace(t, '^(?:den )?(\d+)(?::e|e)? ([a-z]{3})[a-z]*\.? (\d+)$', '\3-\2-\1')
    end;

create or replace macro sv_dag_ur(delar) as
    sv_dag(
        case when length(delar[1]) = 2 then sv_sekel(delar[1]) else cast(delar[1] as integer) end,
        coalesce(sv_manadsnummer(delar[2]), try_cast(delar[2] as integer)),
        cast(delar[3] as integer)
    );

-- Each step is worked out once: a macro is text, and each use of its argument would be worked out anew.
create or replace macro sv_datum_ren(t) as
    list_transform([string_split(sv_datum_delar(t), '-')], lambda delar: sv_dag_ur(delar))[1];
create or replace macro sv_datum(skrivet) as
    list_transform(
        [regexp_replace(lower(sv_trim(skrivet)), '[ \x{00A0}]+', ' ', 'g')],
        lambda t: sv_datum_ren(t)
    )[1];

create or replace macro sv_datum_fel(skrivet) as
    case
        when regexp_full_match(sv_trim(skrivet), '\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}') then 'tvetydigt_datum'
        else 'ogiltigt_datum'
    end;

-- A month is its first day: 2023-05, 202305, maj 2023, maj-23, or the first of May written as a date, as a spreadsheet keeps it.
create or replace macro sv_manad_ren(t) as
    case
        when regexp_full_match(t, '\d{4}[-/]\d{1,2}')
            then sv_dag(cast(t[1:4] as integer), cast(t[6:] as integer), 1)
        when regexp_full_match(t, '(19|20|21)\d{4}')
            then sv_dag(cast(t[1:4] as integer), cast(t[5:6] as integer), 1)
        when regexp_full_match(t, '(jan(uari)?|feb(ruari)?|mars?|apr(il)?|maj|juni?|juli?|aug(usti)?|sept?|september|okt(ober)?|nov(ember)?|dec(ember)?)\.?[ -]*(\d{4}|\d{2})')
            then sv_dag(
                case
                    when regexp_matches(t, '\d{4}$') then cast(t[-4:] as integer)
                    else sv_sekel(t[-2:])
                end,
                sv_manadsnummer(t),
                1
            )
        when day(sv_datum_ren(t)) = 1 then sv_datum_ren(t)
    end;
create or replace macro sv_manad(skrivet) as
    list_transform(
        [regexp_replace(lower(sv_trim(skrivet)), '[ \x{00A0}]+', ' ', 'g')],
        lambda t: sv_manad_ren(t)
    )[1];

create or replace macro sv_ar(skrivet) as
    list_transform(
        [case when regexp_full_match(sv_trim(skrivet), '\d{4}') then cast(sv_trim(skrivet) as integer) end],
        lambda artal: case when artal between 1900 and 2100 then artal end
    )[1];
