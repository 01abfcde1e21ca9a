-- An instant as the API writes it, such as 2026-11-28T02:00:00.000000Z; null stays null.
create or replace function in_utc(at timestamptz) returns text
language sql
stable
parallel safe
return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
