-- A Swedish date is read here and nowhere else. It is a calendar day: no clock, no time zone.

create or replace macro sv_sekel(tva_siffror) as
    case when cast(tva_siffror as integer) <= 68 then 2000 else 1900 end + cast(tva_siffror as integer);

create or replace macro sv_manadsnummer(namn) as
    list_position(
        ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
        replace(replace(left(namn, 3), 'may', 'maj'), 'oct', 'okt')
    );

create or replace macro sv_dag(artal, manad, dag) as
    case when artal between 1900 and 2100 then try_cast(printf('%04d-%02d-%02d', artal, manad, dag) as date) end;

-- Year, month and day, in that order and joined by '-', in every order that a date can be meant: the month may be a word,
-- the year two digits. Three numbers of which none is the year first are Swedish (17/2 2023 and 17/2-23) or in any order.
create or replace macro sv_datum_lasningar(t) as
    case
        when regexp_full_match(t, '\d{4}([-./ ])\d{1,2}[-./ ]\d{1,2}') then [regexp_replace(t, '[./ ]', '-', 'g')]
        when regexp_full_match(t, '\d{8}') then [regexp_replace(t, '(\d{4})(\d{2})(\d{2})', '\1-\2-\3')]
        when regexp_full_match(t, '\d{6}') then [regexp_replace(t, '(\d{2})(\d{2})(\d{2})', '\1-\2-\3')]
        when regexp_full_match(t, '\d{1,2}/\d{1,2} ?[- ] ?(\d{4}|\d{2})')
            then [regexp_replace(t, '(\d+)/(\d+) ?[- ] ?(\d+)', '\3-\2-\1')]
        when regexp_full_match(t, '\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}')
            then [
                regexp_replace(t, '(\d+).(\d+).(\d+)', '\3-\2-\1'),
                regexp_replace(t, '(\d+).(\d+).(\d+)', '\3-\1-\2')
            ]
        when regexp_full_match(t, '\d{1,2}[-./]\d{1,2}[-./]\d{2}')
            then [
                regexp_replace(t, '(\d+).(\d+).(\d+)', '\3-\2-\1'),
                regexp_replace(t, '(\d+).(\d+).(\d+)', '\3-\1-\2'),
                case when t[2:2] between '0' and '9' then regexp_replace(t, '(\d+).(\d+).(\d+)', '\1-\2-\3') end
            ]
        when regexp_full_match(t, '\d{1,2}(:e|e)?[- ](jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*\.?,?( ?- ?| )(\d{4}|\d{2})')
            then [regexp_replace(t, '^(\d+)(?::e|e)?.([a-z]{3})[a-z]*\D+(\d+)$', '\3-\2-\1')]
        when regexp_full_match(t, '(jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*\.? \d{1,2},? \d{4}')
            then [regexp_replace(t, '^([a-z]{3})[a-z]*\.? (\d+),? (\d+)$', '\3-\1-\2')]
    end;

create or replace macro sv_dag_ur(delar) as
    sv_dag(
        case when length(delar[1]) <= 2 then sv_sekel(delar[1]) else cast(delar[1] as integer) end,
        coalesce(sv_manadsnummer(delar[2]), try_cast(delar[2] as integer)),
        cast(delar[3] as integer)
    );

-- A date without its weekday and time of day (13:00, kl 13, kl. 13-15, 13:00–15:00): lower case, single spaces. A time with a zone is kept: it says no day of ours.
create or replace macro sv_datum_skrivet(skrivet) as
    regexp_replace(
        regexp_replace(regexp_replace(lower(sv_trim(skrivet)), '[ \x{00A0}\x{202F}]+', ' ', 'g'), '^((mån|tis|ons|tor|fre|lör|sön)[a-z]*\.?,? )?(den )?(\d)', '\4'),
        '([\d.])((t|,? kl\.? ?| )([01]?\d|2[0-3])[:.][0-5]\d(:[0-5]\d([.,]\d+)?)?|,? kl\.? ?([01]?\d|2[0-3])([:.][0-5]\d)? ?[-–] ?([01]?\d|2[0-3])([:.][0-5]\d)?|,? kl\.? ?([01]?\d|2[0-3])| ([01]?\d|2[0-3]):[0-5]\d ?[-–] ?([01]?\d|2[0-3]):[0-5]\d)$', '\1'
    );

-- What a text says of time: its ends, of which there are two if it is written from one to another. Of each the days that
-- it can mean, and the period. Each step is worked out once: a macro is text, and each use of its argument would be worked
-- out anew.
create or replace macro sv_tid(skrivet) as
    list_transform(
        list_transform(
            list_transform(
                sv_period_andar(sv_datum_skrivet(replace(skrivet, '_', ' '))),
                lambda en: {'text': en, 'lasningar': sv_datum_lasningar(en), 'delar': sv_period_delar(en)}
            ),
            lambda en: {
                'text': en.text, 'lasningar': en.lasningar, 'delar': en.delar,
                'dagar': list_distinct(list_transform(en.lasningar, lambda lasning: sv_dag_ur(string_split(lasning, '-'))))
            }
        ),
        lambda en: {
            'text': en.text, 'lasningar': en.lasningar, 'delar': en.delar, 'dagar': en.dagar,
            'period': coalesce(
                sv_period_hel(en.delar[1], sv_artal(en.delar[2]), cast(en.delar[3] as integer)),
                case when len(en.dagar) = 1 then {'fran': en.dagar[1], 'till': en.dagar[1]} end
            )
        }
    );

-- 02/03/2023 is refused: the second of March or the third of February. 13/02/2023 can only be read one way.
create or replace macro sv_datum_ur(tid) as
    case when len(tid) = 1 and len(tid[1].dagar) = 1 then tid[1].dagar[1] end;
create or replace macro sv_datum(skrivet) as list_transform([sv_tid(skrivet)], lambda tid: sv_datum_ur(tid))[1];

-- Why a text is no day: what the sender has to change.
create or replace macro sv_datum_fel_ur(tid) as
    case
        when len(tid) = 1 and len(tid[1].dagar) > 1 then 'tvetydigt_datum'
        when len(tid) = 1 and tid[1].lasningar is not null then
            case
                when try_cast(regexp_extract(tid[1].lasningar[1], '^\d{4}') as integer) not between 1900 and 2100 then 'datum_utanfor'
                else 'datum_finns_ej'
            end
        when regexp_full_match(tid[1].text, '\d{5}([.,]\d+)?') then 'datum_som_tal'
        when tid[1].delar is not null then 'period_ej_dag'
        else 'ogiltigt_datum'
    end;

-- A month is its first day: 2023-05, 202305, maj 2023, maj-23, or the first of May written as a date, as a spreadsheet keeps it.
create or replace macro sv_manad_ur(tid) as
    case
        when len(tid) = 1 and day(tid[1].period.fran) = 1 and tid[1].period.till in (tid[1].period.fran, last_day(tid[1].period.fran))
            then tid[1].period.fran
    end;

-- A date that names its year with four digits gives the year.
create or replace macro sv_ar_ur(tid) as
    case
        when len(tid) = 1 and tid[1].delar[1] = 'ar' then year(tid[1].period.fran)
        when regexp_matches(tid[1].text, '\d{4}') and not regexp_full_match(tid[1].text, '\d{6}') then year(sv_datum_ur(tid))
    end;
