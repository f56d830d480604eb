-- The first and the last day that a row of `marts.bortfall` can have in a column: null where nothing bounds it. Of a date that
-- cannot be read the year may be known.
create or replace macro bortfall_ar(varden, kolumn, manad, dag) as make_date(try_cast(varden[kolumn] as integer), manad, dag);
create or replace macro tidigast(varden, okanda, kolumn) as case
    when kolumn = 'ar' then bortfall_ar(varden, 'ar', 1, 1)
    when list_contains(okanda, kolumn) then bortfall_ar(varden, kolumn || '.ar', 1, 1)
    else try_cast(varden[kolumn] as date)
end;
create or replace macro senast(varden, okanda, kolumn) as case
    when kolumn = 'ar' then bortfall_ar(varden, 'ar', 12, 31)
    when list_contains(okanda, kolumn) then bortfall_ar(varden, kolumn || '.ar', 12, 31)
    else try_cast(varden[kolumn] as date)
end;
