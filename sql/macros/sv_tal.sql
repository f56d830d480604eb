-- A Swedish number is read here and nowhere else, whatever file it came from.

-- What follows the digits: kr, tkr, mkr or %. A sign may be any of the dashes that word processors put in.
create or replace macro sv_enhet_ren(t) as
    ['mkr', 'mkr', 'mkr', 'tkr', 'tkr', 'kr', 'kr', 'kr', 'kr', '%', '%'][list_position(
        ['mkr', 'mnkr', 'miljoner kronor', 'tkr', 'tusen kronor', 'kr', 'kronor', 'sek', ':-', '%', 'procent'],
        regexp_extract(t, '(mkr|mnkr|miljoner kronor|tkr|tusen kronor|kr|kronor|sek|:-|%|procent)\.?$', 1)
    )];

create or replace macro sv_siffror_ren(t) as
    regexp_replace(
        translate(
            sv_trim(regexp_replace(t, '(mkr|mnkr|miljoner kronor|tkr|tusen kronor|kr|kronor|sek|:-|%|procent)\.?$', '')),
            chr(8722) || chr(8211) || chr(160) || chr(8239) || chr(8201) || chr(8217) || chr(39),
            '--' || '     '
        ),
        '^([+-]) +', '\1'
    );

-- Digits in canonical form ('125000.75'), or null. Thousands by space or apostrophe in whole groups of three;
-- by dot only where a comma or a second dot shows that they are thousands.
create or replace macro sv_kanon_ren(siffror) as
    case
        when regexp_full_match(siffror, '[+-]?\d+([,.]\d+)?') then replace(siffror, ',', '.')
        when regexp_full_match(siffror, '[+-]?\d{1,3}( \d{3})+([,.]\d+)?') then replace(replace(siffror, ' ', ''), ',', '.')
        when regexp_full_match(siffror, '[+-]?\d{1,3}(\.\d{3})+,\d+') then replace(replace(siffror, '.', ''), ',', '.')
        when regexp_full_match(siffror, '[+-]?\d{1,3}(\.\d{3}){2,}') then replace(siffror, '.', '')
    end;

-- One reading of a written number: its unit, its digits, their canonical form, and whether they can be read two ways.
-- '1.234' may be one thousand or one and a quarter; '1,234' too, where it is kronor. '0,125' can be read one way.
-- Each step is worked out once: a macro is text, and each use of its argument would be worked out anew.
create or replace macro sv_last(skrivet) as
    list_transform(
        list_transform(
            list_transform([lower(sv_trim(skrivet))], lambda t: {'enhet': sv_enhet_ren(t), 'siffror': sv_siffror_ren(t)}),
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
create or replace macro sv_tal_ur(l) as
    case
        when l.enhet is not null or l.ar_tvetydig or regexp_matches(l.kanon, '\.\d{7,}$') then null
        else coalesce(try_cast(l.kanon as decimal(18, 6)), try_cast(l.kanon as decimal(28, 6)))
    end;
create or replace macro sv_tal(skrivet) as list_transform([sv_last(skrivet)], lambda l: sv_tal_ur(l))[1];

create or replace macro sv_heltal_ur(l) as
    list_transform([sv_tal_ur(l)], lambda n: case when n = trunc(n) and abs(n) <= 9007199254740991 then try_cast(n as bigint) end)[1];
create or replace macro sv_heltal(skrivet) as list_transform([sv_last(skrivet)], lambda l: sv_heltal_ur(l))[1];

-- A share, 0–1: '85 %' and 0,85 are the same. A bare 85 is neither, unless its heading says %.
create or replace macro sv_andel_ur(l, rubrikenhet) as
    case
        when l.enhet in ('kr', 'tkr', 'mkr') or l.ar_tvetydig then null
        when coalesce(l.enhet, rubrikenhet) = '%' then cast(coalesce(try_cast(l.kanon as decimal(18, 8)), try_cast(l.kanon as decimal(28, 8))) * 0.01 as decimal(28, 10))
        else coalesce(try_cast(l.kanon as decimal(18, 10)), try_cast(l.kanon as decimal(28, 10)))
    end;
create or replace macro sv_andel(skrivet, rubrikenhet) as
    list_transform([sv_last(skrivet)], lambda l: sv_andel_ur(l, rubrikenhet))[1];

-- Kronor to öre, exact; null unless it is a whole number of öre, and one that every output can show exactly (2⁵³ − 1).
create or replace macro sv_ore_exakt(l, rubrikenhet) as
    coalesce(try_cast(l.kanon as decimal(18, 8)), try_cast(l.kanon as decimal(28, 8)))
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
        else 'ogiltigt_belopp'
    end;
create or replace macro sv_ore_fel(skrivet, rubrikenhet) as
    list_transform([sv_last(skrivet)], lambda l: sv_ore_fel_ur(l, rubrikenhet))[1];
