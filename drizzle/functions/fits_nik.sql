-- Whether the birth date is the one that each NIK in the list encodes, as ddmmyy with 40 added to a woman's day. An unknown
-- birth date fits.
create or replace function fits_nik(identifiers jsonb, birth_date date) returns boolean
language sql
immutable
parallel safe
begin atomic
  select coalesce(bool_and(
    substr(one.value, 9, 4) = to_char(birth_date, 'MMYY')
    and substr(one.value, 7, 2)::integer in (
      extract(day from birth_date)::integer, extract(day from birth_date)::integer + 40
    )
  ), true)
  from jsonb_to_recordset(identifiers) one (issuer text, value text)
  where one.issuer = 'nik'
  and birth_date is not null;
end;
