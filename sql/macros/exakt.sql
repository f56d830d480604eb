-- Exact arithmetic in whole numbers.

-- Integer division towards minus infinity; DuckDB's // goes towards zero.
create or replace macro golvdel(taljare, namnare) as
    taljare // namnare - case when taljare % namnare <> 0 and (taljare < 0) <> (namnare < 0) then 1 else 0 end;

-- Half up, away from zero, for whole numbers.
create or replace macro avrunda_del(taljare, namnare) as
    case when taljare < 0 then -((2 * -taljare + namnare) // (2 * namnare)) else (2 * taljare + namnare) // (2 * namnare) end;

-- Largest remainder: what `helhet` whole units give the row that weighs `vikt` of the `vikter` its group weighs together.
-- Floor towards minus infinity; each unit left over goes to the largest remainder, ties to the first `id`. A group's parts
-- sum to `helhet` exactly, whatever the order of rows. `vikter` is above 0; `grupp` is one value, or several in a row().
-- src/goals/split.ts is the same function for one amount; a test holds the two together.
create or replace macro storsta_rest(helhet, vikt, vikter, grupp, id) as
    golvdel(cast(helhet as hugeint) * vikt, vikter)
    + case
        when row_number() over (
            partition by grupp
            order by cast(helhet as hugeint) * vikt - golvdel(cast(helhet as hugeint) * vikt, vikter) * vikter desc, id
        ) <= helhet - sum(golvdel(cast(helhet as hugeint) * vikt, vikter)) over (partition by grupp) then 1
        else 0
    end;
