-- A Swedish number is read here and nowhere else, whatever file it came from.

-- The text with one kind of dash, one kind of space, and no case. Word processors put in any of the dashes as a minus.
create or replace macro sv_talskrift(skrivet) as
    translate(
        lower(sv_trim(skrivet)),
        chr(8722) || chr(8208) || chr(8209) || chr(8210) || chr(8211) || chr(8212) || chr(65123) || chr(65293)
            || chr(160) || chr(8239) || chr(8201) || chr(8217) || chr(39),
        '--------' || '     '
    );

-- How millions and thousands of kronor are written; `src/schema/kronor.ts` is their twin.
create or replace macro sv_mkr() as 'mkr|mnkr|msek|m\. ?kr|miljoner|(?:milj\.?|mn|miljon|miljoner) ?(?:kr|kronor|sek)';
create or replace macro sv_tkr() as 'tkr|kkr|tsek|ksek|tusen(?:tals?)? ?(?:kr|kronor|sek)';

-- The unit: kr, tkr, mkr, %, st or h. It follows the digits; kr and SEK may go before them.
create or replace macro sv_enhet_ren(t) as
    case
        when regexp_matches(t, '(' || sv_mkr() || ')\.?$') then 'mkr'
        when regexp_matches(t, '(' || sv_tkr() || ')\.?$') then 'tkr'
        when regexp_matches(t, '(kr|kronor|sek)\.?$|[:,.]-$|^(kr|sek)\b') then 'kr'
        when regexp_matches(t, '(%|procent)$') then '%'
        when regexp_matches(t, '\b(st|styck|stycken)\.?$') then 'st'
        when regexp_matches(t, '\d ?(h|tim|timmar|timme)\.?$') then 'h'
    end;

-- The digits with their sign before them: 12- and (12) are minus 12 in ledgers.
create or replace macro sv_siffror_ren(t) as
    regexp_replace(
        regexp_replace(
            regexp_replace(
                trim(regexp_replace(
                    regexp_replace(
                        t, '(' || sv_mkr() || '|' || sv_tkr() || '|kr|kronor|sek|[:,.]-|%|procent|st|styck|stycken|h|tim|timmar|timme)\.?$', ''
                    ),
                    '^(kr|sek)\b\.?', ''
                )),
                '^\(([^()-]+)\)$', '-\1'
            ),
            '^([^-]+)-$', '-\1'
        ),
        '^([+-]) +|( +)$', '\1'
    );

-- Digits in canonical form ('125000.75'), or null. Thousands by space or apostrophe in whole groups of three;
-- by dot only where a comma or a second dot shows that they are thousands. Kronor and öre may have a colon between them.
create or replace macro sv_kanon_ren(siffror) as
    case
        when regexp_full_match(siffror, '[+-]?\d+([,.]\d+|:\d\d)?') then replace(siffror, ',', '.')
        when regexp_full_match(siffror, '[+-]?\d{1,3}( \d{3})+([,.]\d+|:\d\d)?') then replace(replace(siffror, ' ', ''), ',', '.')
        when regexp_full_match(siffror, '[+-]?\d{1,3}(\.\d{3})+(,\d+|:\d\d)') then replace(replace(siffror, '.', ''), ',', '.')
        when regexp_full_match(siffror, '[+-]?\d{1,3}(\.\d{3}){2,}') then replace(siffror, '.', '')
    end;

-- One reading of a written number: its unit, its digits, their canonical form, and whether they can be read two ways.
-- '1.234' may be one thousand or one and a quarter; '1,234' too, where it is kronor. '0,125' can be read one way.
-- Each step is worked out once: a macro is text, and each use of its argument would be worked out anew.
create or replace macro sv_last(skrivet) as
    list_transform(
        list_transform(
            list_transform([regexp_replace(sv_talskrift(skrivet), '^\(([^()-]+)\)$', '-\1')], lambda t: {'enhet': sv_enhet_ren(t), 'siffror': sv_siffror_ren(t)}),
            lambda l: {'enhet': l.enhet, 'siffror': l.siffror, 'kanon': sv_kanon_ren(l.siffror)}
        ),
        lambda l: {
            'enhet': l.enhet,
            'kanon': l.kanon,
            'ar_tvetydig': regexp_full_match(l.siffror, '[+-]?[1-9]\d{0,2}[.]\d{3}'),
            'ar_tvetydig_kr': regexp_full_match(l.siffror, '[+-]?[1-9]\d{0,2}[.,]\d{3}')
        }
    )[1];

-- DuckDB reads a decimal of 18 digits sixty times as fast as a longer one, and nearly all have room in it.
create or replace macro sv_tal_i(l, enheten) as
    case
        when l.enhet <> enheten or l.ar_tvetydig or regexp_matches(l.kanon, '\.\d{7,}$') then null
        else coalesce(try_cast(l.kanon as decimal(18, 6)), try_cast(l.kanon as decimal(28, 6)))
    end;
create or replace macro sv_tal_ur(l) as sv_tal_i(l, 'st');
create or replace macro sv_tal(skrivet) as list_transform([sv_last(skrivet)], lambda l: sv_tal_ur(l))[1];

create or replace macro sv_heltal_ur(l) as
    list_transform([sv_tal_ur(l)], lambda n: case when n = trunc(n) and abs(n) <= 9007199254740991 then try_cast(n as bigint) end)[1];

-- Hours and minutes: 1:30, 1:30:00, 1 h 30 min, 90 min. 1,30 is a number: one hour and eighteen minutes.
create or replace macro sv_klocka_ren(t) as
    case
        when regexp_full_match(t, '-?\d{1,6}:[0-5]\d(:[0-5]\d)?') then list_transform(string_split(ltrim(t, '-'), ':'), lambda del: cast(del as bigint))
        when regexp_full_match(t, '\d{1,6} ?(h|t|tim|timmar|timme)\.?( (och )?\d{1,6} ?(m|min|minuter)\.?)?|\d{1,6} ?(min|minuter)\.?')
            then [
                coalesce(try_cast(regexp_extract(t, '^(\d+) ?[ht]', 1) as bigint), 0),
                coalesce(try_cast(regexp_extract(t, '(\d+) ?m', 1) as bigint), 0)
            ]
    end;
create or replace macro sv_timmar_ur(l, skrivet) as
    list_transform(
        [sv_talskrift(skrivet)],
        lambda t: coalesce(
            sv_tal_i(l, 'h'),
            list_transform(
                [sv_klocka_ren(t)],
                lambda delar: cast(
                    avrunda_del((delar[1] * 3600 + delar[2] * 60 + coalesce(delar[3], 0)) * 1000000, 3600) * case when t[1] = '-' then -1 else 1 end * 0.000001
                    as decimal(28, 6)
                )
            )[1]
        )
    )[1];

-- What keeps a count secret says that it is small, never that it is 0.
create or replace macro sv_ar_dold(skrivet) as
    regexp_full_match(sv_talskrift(skrivet), '< ?\d+|1 ?- ?4|x|xx|\(?[sx]\)|färre än \d+|mindre än \d+');

-- Why a number was not read: what the sender has to change.
create or replace macro sv_tal_fel_ur(l) as
    case
        when l.ar_tvetydig then 'tvetydigt_tal'
        when regexp_matches(l.kanon, '\.\d{7,}$') then 'for_manga_decimaler'
        when l.kanon is not null and l.enhet not in ('st', 'h') then 'annan_enhet'
        else 'ogiltigt_tal'
    end;

-- A share, 0–1: '85 %' and 0,85 are the same. A bare 85 is neither, unless its heading says %.
create or replace macro sv_andel_ur(l, rubrikenhet) as
    case
        when l.enhet <> '%' or l.ar_tvetydig then null
        when coalesce(l.enhet, rubrikenhet) = '%' then cast(coalesce(try_cast(l.kanon as decimal(18, 8)), try_cast(l.kanon as decimal(28, 8))) * 0.01 as decimal(28, 10))
        else coalesce(try_cast(l.kanon as decimal(18, 10)), try_cast(l.kanon as decimal(28, 10)))
    end;

-- Kronor to öre, exact; null unless it is a whole number of öre, and one that every output can show exactly (2⁵³ − 1).
create or replace macro sv_ore_exakt(l, rubrikenhet) as
    coalesce(try_cast(replace(l.kanon, ':', '.') as decimal(18, 8)), try_cast(replace(l.kanon, ':', '.') as decimal(28, 8)))
    * case coalesce(l.enhet, rubrikenhet, 'kr') when 'kr' then 100 when 'tkr' then 100000 when 'mkr' then 100000000 end;
create or replace macro sv_ore_ur(l, rubrikenhet) as
    list_transform(
        [case when not l.ar_tvetydig_kr then sv_ore_exakt(l, rubrikenhet) end],
        lambda n: case when n = trunc(n) and abs(n) <= 9007199254740991 then try_cast(n as bigint) end
    )[1];
create or replace macro sv_ore(skrivet, rubrikenhet) as
    list_transform([sv_last(skrivet)], lambda l: sv_ore_ur(l, rubrikenhet))[1];

-- Why an amount was not read: what the sender has to change.
create or replace macro sv_ore_fel_ur(l, rubrikenhet) as
    case
        when l.ar_tvetydig_kr then 'tvetydigt_tal'
        when sv_ore_exakt(l, rubrikenhet) <> trunc(sv_ore_exakt(l, rubrikenhet)) then 'ej_hela_oren'
        when sv_ore_exakt(l, rubrikenhet) is not null then 'for_stort_belopp'
        when l.kanon is not null then 'annan_enhet'
        else 'ogiltigt_belopp'
    end;
