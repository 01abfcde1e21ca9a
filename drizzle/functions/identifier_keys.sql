-- The keys under which an identifier is found, in small letters and without signs: whole, without the letters and the zeros
-- that it begins with, a passport's without its country, and each behind its issuer.
create or replace function identifier_keys(issuer text, value text) returns setof text
language sql
immutable
strict
parallel safe
begin atomic
  with
  bare as (
    select lower(regexp_replace(one, '[^0-9A-Z]', '', 'g')) as one
    from unnest(array[value, case when issuer = 'passport' then split_part(value, ':', 2) end]) one
    where one <> ''
  )
  select prefix || one
  from (
    select one from bare
    union
    select ltrim(one, 'abcdefghijklmnopqrstuvwxyz') from bare
    union
    select ltrim(one, '0abcdefghijklmnopqrstuvwxyz') from bare
  ) way
  cross join unnest(array['i:', 'i:' || issuer || ':']) prefix
  where one <> '';
end;
