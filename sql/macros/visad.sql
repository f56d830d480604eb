-- What a column says, as a reader writes it: kronor of öre, a decimal comma, ja and nej.
create or replace macro visad(slag, varde) as
    case
        when slag = 'kr' then replace(cast(cast(try_cast(varde as decimal(28, 2)) * 0.01 as decimal(28, 2)) as varchar), '.', ',')
        when slag in ('tal', 'timmar', 'andel') then replace(regexp_replace(varde, '\.0+$|(\.[0-9]*[1-9])0+$', '\1'), '.', ',')
        when slag = 'ja_nej' then case varde when 'true' then 'ja' else 'nej' end
        else ltrim(varde, chr(1))
    end;

-- A cell as Excel shows it, or its row where the column is no cell of the table.
create or replace macro cellplats(plats, rad) as
    coalesce(kolumnbokstav(nullif(plats, 0) - 1) || cast(rad as varchar), 'rad ' || cast(rad as varchar));
