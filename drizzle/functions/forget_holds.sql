-- Deletes holds that were never booked, with their events, 30 days after they expired: the oldest first, `at_most` at a
-- time. The Worker's database role may not delete events; this function is the only way in which any are removed.
create or replace function forget_holds(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  due as (
    (
      select id, hold_expires_at from appointments
      where status = 'cancelled' and hold_expires_at < as_of - interval '30 days'
      order by hold_expires_at limit at_most
    )
    union all
    (
      select id, hold_expires_at from appointments
      where status = 'pending' and hold_expires_at < as_of - interval '30 days'
      order by hold_expires_at limit at_most
    )
  ),
  going as (
    select id
    from appointments
    where id = any (array(select id from due order by hold_expires_at limit at_most))
    and hold_expires_at < as_of - interval '30 days' -- checked again now that it is locked: it may have been booked
    for update skip locked
  ),
  forgotten_events as (delete from events where appointment_id = any (array(select id from going))),
  forgotten as (delete from appointments where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;
