-- The first day on which an account may no longer act for a patient: the 18th birthday of a dependant who was younger when
-- they were linked; null when the link has no end. Who was born on 29 February turns 18 on the 28th.
create or replace function link_ends_on(relation text, birth_date date, linked_at timestamptz) returns date
language sql
immutable
begin atomic
  select turns_18_on
  from (select (birth_date + interval '18 years')::date as turns_18_on) person
  where relation = 'dependant'
  and turns_18_on > (linked_at at time zone 'UTC')::date;
end;
