-- The age group of an age: granser are the ages at which a new group begins, rising. 30, 45, 60 give -29, 30-44, 45-59, 60-.
-- aldersgrupper() in src/goals/groups.ts is its twin.
create or replace macro aldersgrupp(alder, granser) as
    case
        when alder < granser[1] then '-' || (granser[1] - 1)
        when alder >= granser[-1] then granser[-1] || '-'
        else list_max(list_filter(granser, lambda g: g <= alder)) || '-' || (list_min(list_filter(granser, lambda g: g > alder)) - 1)
    end;
