-- Deletes holds that were never booked, with their events, as many days after they expired as the settings say: the oldest
-- first, `at_most` at a time. Each leaves a tombstone. The caller's clock may put this off, but not bring it forward. The Worker's database role
-- may not delete appointments or events; this function is the only way in which any are removed.
create or replace function forget_holds(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  past as materialized (
    select least(as_of, now()) - make_interval(days => released_holds_kept_days) as instant
    from clinic_settings
    where id
  ),
  due as (
    (
      select id, hold_expires_at from appointments
      where status = 'cancelled' and hold_expires_at < (select instant from past)
      and may_forget_hold(id, (select instant from past))
      order by hold_expires_at limit at_most
    )
    union all
    (
      select id, hold_expires_at from appointments
      where status = 'pending' and not awaits_approval and hold_expires_at < (select instant from past)
      and may_forget_hold(id, (select instant from past))
      order by hold_expires_at limit at_most
    )
  ),
  going as (
    select id
    from appointments
    where id = any (array(select id from due order by hold_expires_at limit at_most))
    -- checked again now that it is locked: it may have been booked
    and hold_expires_at < (select instant from past)
    for update skip locked
  ),
  forgotten_events as (delete from events where appointment_id = any (array(select id from going))),
  forgotten_heads as (
    delete from event_heads where appointment_id = any (array(select id from going))
    returning appointment_id, event_count, last_event_hash
  ),
  buried as (
    insert into tombstones (appointment_id, event_count, last_event_hash, why)
    select appointment_id, event_count, last_event_hash, 'hold_never_booked' from forgotten_heads
  ),
  forgotten as (delete from appointments where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;
