create index appointments_let_go on appointments (hold_expires_at)
  where status = 'cancelled' and hold_expires_at is not null;
--> statement-breakpoint
create index sessions_by_expiry on sessions (expires_at);
--> statement-breakpoint
create index verifications_by_expiry on verifications (expires_at);
--> statement-breakpoint
create index api_keys_by_owner on api_keys (owner_id);
--> statement-breakpoint
-- Forgets holds that nobody booked within thirty days, let go or not, with their events; the oldest first, and only so
-- many at a time. Who calls it may not delete events by themselves: this is all that is ever taken out of them.
create function forget_holds(as_of timestamptz, at_most integer) returns integer
language sql security definer
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
    and hold_expires_at < as_of - interval '30 days' -- asked again, once it is locked: it may have been booked
    for update skip locked
  ),
  forgotten_events as (delete from events where appointment_id = any (array(select id from going))),
  forgotten as (delete from appointments where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;
--> statement-breakpoint
-- By default a table is vacuumed when a fifth of it has changed: of ten million rows that is after two million. Free time
-- is read from the index alone, which needs the visibility map to be fresh, and plans need to know of the next weeks.
alter table appointments set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000
);
--> statement-breakpoint
-- Rows are only added: they are vacuumed for the visibility map and against wraparound, in portions that take seconds.
alter table events set (
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000
);
--> statement-breakpoint
-- Each row lives for a day.
alter table idempotency_keys set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
