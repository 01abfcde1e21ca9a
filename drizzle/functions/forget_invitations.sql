-- Deletes invitations 30 days after they expired, accepted or not, with the addresses that they went to: the oldest first,
-- `at_most` at a time. The caller's clock may put this off, but not bring it forward. The patient's history keeps that there
-- was one.
create or replace function forget_invitations(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with forgotten as (
    delete from patient_invitations
    where id = any (array(
      select id
      from patient_invitations
      where expires_at < least(as_of, now()) - interval '30 days'
      order by expires_at
      limit at_most
      for update skip locked
    ))
    returning 1
  )
  select count(*)::integer from forgotten;
end;
