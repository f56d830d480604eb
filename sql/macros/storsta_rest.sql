-- Largest remainder: what `helhet` whole units give the row that weighs `vikt` of the `vikter` its group weighs together.
-- Floor towards minus infinity; each unit left over goes to the largest remainder, ties to the first `id`. A group's parts
-- sum to `helhet` exactly, whatever the order of rows. `vikter` is above 0; `grupp` is one value, or several in a row().
-- src/schema/split.ts is the same function for one amount; a test holds the two together.
create or replace macro storsta_rest(helhet, vikt, vikter, grupp, id) as
    golvdel(cast(helhet as hugeint) * vikt, vikter)
    + case
        when row_number() over (
            partition by grupp
            order by cast(helhet as hugeint) * vikt - golvdel(cast(helhet as hugeint) * vikt, vikter) * vikter desc, id
        ) <= helhet - sum(golvdel(cast(helhet as hugeint) * vikt, vikter)) over (partition by grupp) then 1
        else 0
    end;
