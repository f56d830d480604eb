-- What a finding's template says of a row. It is cut at its own braces, so that a value with braces in it is not filled in.
create or replace macro fyndtext(mall, kolumn, varde, detalj) as
    array_to_string(list_transform(string_split(mall, '{'), lambda del: case
        when starts_with(del, 'kolumn}') then coalesce(kolumn, '') || substr(del, 8)
        when starts_with(del, 'varde}') then coalesce(left(varde, 80), '') || substr(del, 7)
        when starts_with(del, 'detalj}') then coalesce(detalj, '') || substr(del, 8)
        else del
    end), '');
