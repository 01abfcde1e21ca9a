-- Deletes messages that were due longer ago than the clinic keeps them, the oldest first, `at_most` at a time. The caller's
-- clock may put this off, but not bring it forward. What has not been sent yet stays. The Worker's database role may not
-- delete there.
create or replace function forget_messages(as_of timestamptz, at_most integer) returns integer
language sql
security definer
set search_path to public, pg_temp
begin atomic
  with forgotten as (
    delete from messages
    where id = any (array(
      select id
      from messages
      where due_at < least(as_of, now()) - (
        select messages_kept_days * interval '1 day' from clinic_settings settings where settings.id
      )
      and state not in ('due', 'sending')
      order by due_at
      limit at_most
      for update skip locked
    ))
    returning 1
  )
  select count(*)::integer from forgotten;
end;
