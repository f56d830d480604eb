-- Exact arithmetic in whole numbers.

-- Integer division towards minus infinity; DuckDB's // goes towards zero.
create or replace macro golvdel(taljare, namnare) as
    taljare // namnare - case when taljare % namnare <> 0 and (taljare < 0) <> (namnare < 0) then 1 else 0 end;

-- Half up, away from zero, for whole numbers.
create or replace macro avrunda_del(taljare, namnare) as
    case when taljare < 0 then -((2 * -taljare + namnare) // (2 * namnare)) else (2 * taljare + namnare) // (2 * namnare) end;
