-- Exact arithmetic in whole numbers.

-- Integer division towards minus infinity; DuckDB's // goes towards zero.
create or replace macro golvdel(taljare, namnare) as
    taljare // namnare - case when taljare % namnare <> 0 and (taljare < 0) <> (namnare < 0) then 1 else 0 end;

-- Half up, away from zero, for whole numbers.
create or replace macro avrunda_del(taljare, namnare) as
    case when taljare < 0 then -((2 * -taljare + namnare) // (2 * namnare)) else (2 * taljare + namnare) // (2 * namnare) end;

-- Months in 377 580ths, which 28, 29, 30 and 31 divide: what a period holds of the month that begins on `manad`. It is
-- whole when at most its last day is missing ("30 maj"), unless somebody else takes over on that day; otherwise by days.
create or replace macro manadsdelar(fran, till, manad, ar_avlost) as
    case
        when fran <= manad and till >= last_day(manad) - 1 and (till >= last_day(manad) or not ar_avlost) then 377580
        else (least(till, last_day(manad)) - greatest(fran, manad) + 1) * (377580 // day(last_day(manad)))
    end;
