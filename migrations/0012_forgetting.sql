create index appointments_let_go on appointments (hold_expires_at)
  where status = 'cancelled' and hold_expires_at is not null;
--> statement-breakpoint
-- Forgets holds that nobody booked within thirty days, with their events; the oldest first, and only so many at a time.
-- Who calls it may not delete events by themselves: this is all that is ever taken out of them.
create function forget_holds(as_of timestamptz, at_most integer) returns integer
language sql security definer
begin atomic
  with
  going as (
    select id
    from appointments
    where status = 'cancelled' and hold_expires_at < as_of - interval '30 days'
    order by hold_expires_at
    limit at_most
    for update skip locked
  ),
  forgotten_events as (delete from events using going where events.appointment_id = going.id),
  forgotten as (delete from appointments using going where appointments.id = going.id returning 1)
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
