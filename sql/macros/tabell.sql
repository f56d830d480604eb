-- The groups of a table that some words belong to, ord and grupp being its words and their groups in one order; without groups
-- the words themselves, null when none is left.
create or replace macro tabellord(skrivna, ord, grupp) as
    nullif(case
        when len(ord) = 0 then list_filter(skrivna, lambda ett: ett is not null)
        else list_distinct(list_transform(
            list_filter(list_zip(ord, grupp), lambda par: list_contains(skrivna, par[1])), lambda par: par[2]
        ))
    end, []);

-- The row of a table that a word of the register is in: a number is in a group of numbers. givet is the word that the table is made for.
create or replace macro tabellrad(givet, ett, granser, matt) as
    case when givet <> '' then givet || ' → ' else '' end
    || case when granser is null then ett else aldersgrupp(cast(ett as integer), granser) || coalesce(' ' || matt, '') end;

-- Two spellings of one row: case, accents, spaces and the length of a dash do not count, but a sign does: -29 is not 29-.
create or replace macro tabellvikt(rad) as
    regexp_replace(translate(lower(strip_accents(rad)), chr(8211) || chr(8212), '--'), '\s+', '', 'g');

-- kön as the tables' columns name it.
create or replace macro tabellkolumn(kon) as
    case kon when 'kvinna' then 'kvinnor' when 'man' then 'man' when 'okant' then 'okant' end;

-- What a delivered total says in a table: its word as written or folded, or whether that is work or studies.
create or replace macro tabellord_av_summa(tabell, ar_skrivet, skrivet, kod) as case
    when tabell = 'arbete_eller_studier' then case ar_arbete_eller_studier(kod) when true then 'ja' when false then 'nej' end
    when kod is not null and ar_skrivet then sv_trim(skrivet)
    else kod
end;

-- Of how many something is stated: of rows nobody, of totals unknown where words are delivered and it is not.
create or replace macro kanda_av(antal, rakning, summainsats) as
    coalesce(sum(antal) filter (rakning = 'kanda'), case when any_value(summainsats) is null or count(antal) filter (rakning = 'ord') = 0 then 0 end);
create or replace macro alla_av(antal, rakning) as coalesce(sum(antal) filter (rakning = 'alla'), case when count(antal) = 0 then 0 end);
-- A sum where every one of its terms is known.
create or replace macro hel_summa(antal) as case when count(antal) = count(*) then sum(antal) end;
-- What each column of a table has, in their order.
create or replace macro kolumner(kolumn, varde) as
    [max(varde) filter (kolumn = 1), max(varde) filter (kolumn = 2), max(varde) filter (kolumn = 3), max(varde) filter (kolumn = 4)];
