-- The months that a period touches, by their first days.
create or replace macro manader_i(fran, till) as
    cast(generate_series(cast(date_trunc('month', fran) as timestamp), cast(till as timestamp), interval 1 month) as date[]);
