-- Whether a text gives a count of 1–4 persons: a small number or its word, then within two words a word for persons.
create or replace macro namner_fa(skrivet) as coalesce(regexp_matches(
    lower(skrivet),
    '(^|[^0-9a-zåäö,.])([1-4]|två|tre|fyra) ([a-zåäö-]+ ){0,2}(deltagare|deltog|person(er)?([^a-zåäö]|$)|individer|kvinn(a|or)|män([^a-zåäö]|$)|klient|patient|brukare|ungdomar|inskriv|utskriv)'
), false);
