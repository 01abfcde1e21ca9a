CREATE INDEX "accounts_unfinished" ON "accounts" USING btree ("created_at") WHERE "accounts"."name" = '' and "accounts"."terms_accepted_at" is null;
--> statement-breakpoint
CREATE INDEX "appointments_with_reasons" ON "appointments" USING btree ("start_at") WHERE "appointments"."reason_for_visit" is not null or "appointments"."override_reason" is not null;
--> statement-breakpoint
CREATE INDEX "events_with_reasons" ON "events" USING btree ("at") WHERE "events"."reason" is not null;
--> statement-breakpoint
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
--> statement-breakpoint
-- Deletes accounts that never had a name and never accepted the terms, as many days after their first sign-in as the
-- settings say: the oldest first, `at_most` at a time. Someone who is still signed in keeps theirs, and so does everyone who
-- has ever had another role. The caller's clock may put this off, but not bring it forward. The Worker's database role may
-- not delete accounts; this function is the only way in which any go.
create or replace function forget_accounts(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  past as materialized (
    select
      least(as_of, now()) as at,
      least(as_of, now()) - make_interval(days => unfinished_accounts_kept_days) as instant
    from clinic_settings
    where id
  ),
  going as materialized (
    select account.id
    from accounts account
    where account.name = ''
    and account.terms_accepted_at is null
    and account.created_at < (select instant from past)
    and account.role = 'patient'
    and not exists (select from account_patients where account_id = account.id)
    and not exists (select from api_keys where owner_id = account.id)
    and not exists (select from sessions where account_id = account.id and expires_at > (select at from past))
    and not exists (select from security_events where account_id = account.id and kind = 'role.changed')
    order by account.created_at
    limit at_most
    for update skip locked
  ),
  forgotten_codes as (
    delete from sign_in_codes
    where email = any (array(select email from accounts where id = any (array(select id from going))))
  ),
  forgotten_keys as (delete from idempotency_keys where account_id = any (array(select id from going))),
  forgotten as (delete from accounts where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;
--> statement-breakpoint
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
--> statement-breakpoint
-- Empties the reasons around old appointments, when the settings say how many days they are kept: why people came, why the
-- front desk made an exception, and why something was changed. The oldest first, at most so many appointments at a time. A
-- reason that was given long after its appointment is kept as long itself. The caller's clock may put this off, but not
-- bring it forward. Answers how many appointments they were of.
create or replace function forget_reasons(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  past timestamptz;
  going bigint[];
begin
  select least(as_of, now()) - make_interval(days => reasons_kept_days) into past from clinic_settings where id;
  if past is null then
    return 0;
  end if;
  going := array(
    select id
    from appointments
    where id = any (array(
      (
        select id
        from appointments
        where start_at < past
        and (reason_for_visit is not null or override_reason is not null)
        order by start_at
        limit at_most
      )
      union
      (
        select event.appointment_id
        from events event
        join appointments one on one.id = event.appointment_id
        where event.reason is not null
        and event.at < past
        and one.start_at < past
        order by event.at
        limit at_most
      )
    ))
    limit at_most
    for no key update skip locked
  );
  perform empty_reasons(going);
  return cardinality(going);
end
$$;
--> statement-breakpoint
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
--> statement-breakpoint
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
      where status = 'pending' and hold_expires_at < (select instant from past)
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
