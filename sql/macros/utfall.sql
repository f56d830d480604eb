-- What one row of outcomes counts as, of a measure that asks how many of those whose outcome is known have a certain one.
--
-- ar_traff is null where nobody knows the outcome; ar_okant_ord where a word of it is not known, and it may be any. One that is left
-- out says why, and belongs to the row that was looked at with 0.
create or replace macro utfall(antal, utesluten, ar_okant_ord, ord, ar_traff, saknas) as {
    'taljare': case when utesluten is not null then 0 when not ar_okant_ord then antal * cast(ar_traff as integer) end,
    'namnare': case when utesluten is not null then 0 when not ar_okant_ord and ar_traff is not null then antal end,
    'okand': case when utesluten is null and (ar_okant_ord or ar_traff is null) then antal else 0 end,
    'okant_ord': case when utesluten is null and ar_okant_ord then antal end,
    'skal': case
        when utesluten is not null then utesluten
        when ar_okant_ord then 'ordet för ' || ord || ' är inte känt'
        when ar_traff is null then saknas
    end
};
