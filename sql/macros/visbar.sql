-- Whether an amount can be shown to the öre wherever results go: JSON's numbers are exact to 2^53 − 1, some ninety
-- thousand billion kronor.
create or replace macro ar_visbar(ore) as abs(cast(ore as hugeint)) <= 9007199254740991;
