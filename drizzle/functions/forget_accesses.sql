-- Deletes from the list of who opened whose record what is older than three years, the oldest first, `at_most` at a time. The
-- caller's clock may put this off, but not bring it forward. The Worker's database role may not delete there.
create or replace function forget_accesses(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with forgotten as (
    delete from patient_accesses
    where id = any (array(
      select id
      from patient_accesses
      where at < least(as_of, now()) - interval '3 years'
      order by at
      limit at_most
      for update skip locked
    ))
    returning 1
  )
  select count(*)::integer from forgotten;
end;
