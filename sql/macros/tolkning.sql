-- How the pipeline file's mapping reads a cell. `src/inbox/mapping.ts` says which of these a column needs.

-- A word as `varden` knows it; signs alone, like a dash, are kept as they are.
create or replace macro tolka_nyckel(skrivet) as
    case when sv_vik(skrivet) = '' then sv_trim(skrivet) else sv_vik(skrivet) end;

-- What a cell is read as: the word itself, else the longest beginning of it, else any other that is filled.
create or replace macro tolka_ord(skrivet, nyckel, ord, varden) as
    coalesce(
        varden[list_position(ord, nyckel)],
        varden[list_position(ord, list_sort(list_filter(ord, lambda o: len(o) > 1 and o[-1:] = '*' and starts_with(nyckel, o[:-2])), 'DESC')[1])],
        case when nyckel <> '' then varden[list_position(ord, '*')] end,
        skrivet
    );

-- What the cells of a column say; of several, joined by a space.
create or replace macro tolka_celler(celler, platser) as
    case
        when len(platser) = 1 then coalesce(celler[platser[1]], '')
        else array_to_string(list_filter(list_transform(platser, lambda plats: sv_trim(celler[plats])), lambda cell: cell <> ''), ' ')
    end;

-- An amount in öre, with its parts of an öre; null where it cannot be read.
create or replace macro tolka_ore(skrivet, enhet) as
    list_transform([sv_last(skrivet)], lambda l: case when not l.ar_tvetydig_kr then sv_ore_exakt(l, nullif(enhet, '')) end)[1];

-- Debit less credit in kronor, as text; what cannot be read is left as it is written, for its finding.
create or replace macro tolka_belopp(debet, kredit, enhet, ar_storlek, ar_omvant, ar_avrundat) as
    case
        when sv_saknas(debet) and sv_saknas(kredit) then ''
        else list_transform(
            [{'debet': case when not sv_saknas(debet) then tolka_ore(debet, enhet) else 0 end,
              'kredit': case when not sv_saknas(kredit) then tolka_ore(kredit, enhet) else 0 end}],
            lambda ore: case
                when ore.debet is null then debet
                when ore.kredit is null then kredit
                else cast(list_transform(
                    [ore.debet - case when ar_storlek then abs(ore.kredit) else ore.kredit end],
                    lambda summa: case when ar_avrundat then round(summa) else summa end * case when ar_omvant then -1 else 1 end * 0.01
                )[1] as varchar)
            end
        )[1]
    end;

-- An id that is a date is the day, whatever way it is written. Digits alone are a number. Most ids do not begin as a date does,
-- and are not read as one.
create or replace macro tolka_id(skrivet, bredd) as
    case
        when regexp_full_match(sv_trim(skrivet), '\d+') then
            case when bredd > length(sv_trim(skrivet)) then lpad(sv_trim(skrivet), bredd, '0') else skrivet end
        when bredd > 0 then skrivet
        when not regexp_matches(
            lower(sv_trim(replace(skrivet, '_', ' '))), '^(\d|mån|tis|ons|tor|fre|lör|sön|den |jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)'
        ) then skrivet
        else coalesce(cast(sv_datum(skrivet) as varchar), skrivet)
    end;
