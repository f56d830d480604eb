-- A cell's address as Excel shows it: column 0 is A, 26 is AA.
create or replace macro kolumnbokstav(nr) as
    case
        when nr is null or nr < 0 then null
        when nr < 26 then chr(cast(65 + nr as integer))
        when nr < 702 then chr(cast(64 + nr // 26 as integer)) || chr(cast(65 + nr % 26 as integer))
        else chr(cast(64 + (nr - 26) // 676 as integer)) || chr(cast(65 + (nr - 26) // 26 % 26 as integer)) || chr(cast(65 + nr % 26 as integer))
    end;
