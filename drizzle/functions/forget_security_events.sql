-- Deletes security events, the oldest first, `at_most` of each sort: sign-ins and all others after as many days as the
-- settings say, and the counts behind alarms after 30 days. No clock that a caller gives can make it delete more than that by
-- PostgreSQL's own. The Worker's database role may not delete events; this function is the only way in which any go.
create or replace function forget_security_events(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  clock as materialized (
    select
      now.at,
      now.at - make_interval(days => sign_in_events_kept_days) as sign_ins_before,
      now.at - make_interval(days => security_events_kept_days) as all_before
    from clinic_settings
    cross join (select least(as_of, now()) as at) now
    where id
  ),
  old as (
    (
      select event.id
      from security_events event
      where event.kind like 'sign\_in.%'
      and event.at < (select sign_ins_before from clock)
      order by event.at, event.id
      limit at_most
    )
    union all
    (
      select event.id
      from security_events event
      where event.at < (select all_before from clock)
      order by event.at, event.id
      limit at_most
    )
  ),
  forgotten as (
    delete from security_events where id = any (array(select old.id from old)) returning 1
  ),
  forgotten_counts as (
    delete from security_counts
    where ctid = any (array(
      select known.ctid
      from security_counts known
      where known.since < (select clock.at from clock) - interval '30 days'
      limit at_most
      for update skip locked
    ))
  )
  select count(*)::integer from forgotten;
end;
