-- A Swedish period is read here and nowhere else: a day, week, month, quarter, tertial, term or year, or from one to another.

create or replace macro sv_artal(t) as
    case when length(t) = 2 then sv_sekel(t) else try_cast(t as integer) end;

-- So many months from the first one, counted from 1.
create or replace macro sv_manader(artal, forsta, antal) as
    list_transform(
        [sv_dag(artal, forsta, 1)],
        lambda dag: case when dag is not null then
            {'fran': dag, 'till': cast(dag + to_months(cast(antal as integer)) - interval 1 day as date)}
        end
    )[1];

-- The fourth of January is always in week 1. A year has a week 53 only if its last Thursday is in it.
create or replace macro sv_vecka(artal, vecka) as
    list_transform(
        [cast(date_trunc('week', sv_dag(artal, 1, 4)) + to_days(cast(7 * (vecka - 1) as integer)) as date)],
        lambda mandag: case when isoyear(mandag) = artal and week(mandag) = vecka then {'fran': mandag, 'till': cast(mandag + interval 6 day as date)} end
    )[1];

-- The parts of a written period: its kind, its year and its number. Six digits are a year and a month first.
create or replace macro sv_period_delar(t) as
    case
        when regexp_full_match(t, '(19|20|21)\d\d') then ['ar', t, '1']
        when regexp_full_match(t, '(19|20)\d\d(0[1-9]|1[0-2])') then ['manad', t[1:4], t[5:6]]
        when regexp_full_match(t, '\d{4}(m|[-/. ])(0?[1-9]|1[0-2])') then ['manad', t[1:4], t[6:]]
        when regexp_full_match(t, '(0?[1-9]|1[0-2])[-/ ]\d{4}') then ['manad', t[-4:], regexp_extract(t, '^\d+')]
        when regexp_full_match(t, '(jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*\.?[ -]*(\d{4}|\d{2})')
            then ['manad', regexp_extract(t, '\d+$'), cast(sv_manadsnummer(t) as varchar)]
        when regexp_full_match(t, '\d{4}[ -]*(jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*\.?')
            then ['manad', t[1:4], cast(sv_manadsnummer(regexp_extract(t, '[a-z]+')) as varchar)]
        when regexp_full_match(t, '\d{4}[ -]*(q|k|kv|kvartal)\.? ?[1-4]') then ['kvartal', t[1:4], t[-1:]]
        when regexp_full_match(t, '(q|k|kv|kvartal)\.? ?[1-4][ -]+(\d{4}|\d{2})') then ['kvartal', regexp_extract(t, '\d+$'), regexp_extract(t, '\d')]
        when regexp_full_match(t, '\d{4}[ -]*(t|tertial)\.? ?[1-3]') then ['tertial', t[1:4], t[-1:]]
        when regexp_full_match(t, '(t|tertial)\.? ?[1-3][ -]+(\d{4}|\d{2})') then ['tertial', regexp_extract(t, '\d+$'), regexp_extract(t, '\d')]
        when regexp_full_match(t, '(vt|ht|vårtermin(en)?|hösttermin(en)?)[ -]*(\d{4}|\d{2})')
            then ['termin', regexp_extract(t, '\d+$'), case left(t, 1) when 'v' then '1' else '2' end]
        when regexp_full_match(t, '\d{4}[ -]*(vt|ht)') then ['termin', t[1:4], case t[-2:] when 'vt' then '1' else '2' end]
        when regexp_full_match(t, '\d{4}[ -]*(w|v|vecka)\.? ?\d{1,2}') then ['vecka', t[1:4], regexp_extract(t, '\d+$')]
        when regexp_full_match(t, '(v|vecka)\.? ?\d{1,2}[ -]+\d{4}') then ['vecka', t[-4:], regexp_extract(t, '\d+')]
    end;

create or replace macro sv_period_hel(slag, artal, nr) as
    case slag
        when 'ar' then sv_manader(artal, 1, 12)
        when 'manad' then sv_manader(artal, nr, 1)
        when 'kvartal' then sv_manader(artal, 3 * nr - 2, 3)
        when 'tertial' then sv_manader(artal, 4 * nr - 3, 4)
        when 'termin' then sv_manader(artal, 6 * nr - 5, 6)
        when 'vecka' then sv_vecka(artal, nr)
    end;

-- The ends of a period that is written from one to another, else the one that it is. The dash of a date or a month joins
-- nothing. `jan-mar 2023` names its year once.
create or replace macro sv_period_andar(t) as
    case
        when regexp_full_match(t, '[a-zåäö]{3,9}\.?( ?[-–—] ?| till | tom )[a-zåäö]{3,9}\.? (\d{4}|\d{2})')
            then string_split(regexp_replace(t, '^([a-zåäö]{3,9})\.?(?: ?[-–—] ?| till | tom )(.*?)(\d+)$', '\1 \3|\2\3'), '|')
        when regexp_matches(t, ' - |[–—]| till | tom | t\.o\.m\.? ')
            then string_split(regexp_replace(t, ' *( - |[–—]| till | tom | t\.o\.m\.? ) *', '|', 'g'), '|')
        when regexp_full_match(t, '\d{4}-\d{4}|.*[a-z].*\d{2}-[a-z].*\d{2}') then string_split(regexp_replace(t, '^(.*\d{2})-', '\1|'), '|')
        when regexp_full_match(t, '\d{4}-\d{2}(-\d{2})?-\d{4}-\d{2}(-\d{2})?')
            then string_split(regexp_replace(t, '-(\d{4}-\d{2})', '|\1'), '|')
        else [t]
    end;

-- The first and last day; null if there is none, or if the second end is before the first.
create or replace macro sv_period_ur(tid) as
    case
        when len(tid) <= 2 and tid[1].period.fran <= tid[-1].period.till
            then {'fran': tid[1].period.fran, 'till': tid[-1].period.till}
    end;
create or replace macro sv_period(skrivet) as list_transform([sv_tid(skrivet)], lambda tid: sv_period_ur(tid))[1];

-- Why a text is no period: what the sender has to change.
create or replace macro sv_period_fel_ur(tid) as
    case sv_datum_fel_ur(tid)
        when 'period_ej_dag' then 'datum_finns_ej'
        when 'ogiltigt_datum' then 'ogiltig_period'
        else sv_datum_fel_ur(tid)
    end;
