CREATE TABLE "settings_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "settings_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"account_id" bigint,
	"api_key_id" bigint,
	"request_id" text,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "settings_events_numbered_once" UNIQUE("subject","key","version"),
	CONSTRAINT "settings_events_say_something" CHECK ("settings_events"."before" is not null or "settings_events"."after" is not null)
);
--> statement-breakpoint
CREATE TABLE "settings_states" (
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"state" jsonb,
	CONSTRAINT "settings_states_pkey" PRIMARY KEY("subject","key")
);
--> statement-breakpoint
CREATE INDEX "settings_events_by_time" ON "settings_events" USING btree ("at","id");
--> statement-breakpoint
CREATE INDEX "settings_events_by_account" ON "settings_events" USING btree ("account_id","id");
--> statement-breakpoint
-- Sets the columns of one row that `wanted` names, as JSON, and leaves the others. Says whether there is such a row. What
-- may be wanted, and by whom, is the caller's business.
create or replace function change_columns(of_table text, of_id bigint, wanted jsonb) returns boolean
language plpgsql
volatile
as $$
declare
  columns text;
  is_known boolean;
begin
  if of_table not in ('locations', 'doctors', 'visit_types', 'resources', 'clinic_settings') then
    raise exception 'The columns of % are not changed this way.', of_table;
  end if;
  select string_agg(quote_ident(name), ', ' order by name) into columns from jsonb_object_keys(wanted) name;
  execute format(
    'update %1$I one set (%2$s) = (select %2$s from jsonb_populate_record(one, $1)) where id = $2 returning true',
    of_table, coalesce(columns, 'id')
  ) into is_known using wanted, of_id;
  return coalesce(is_known, false);
end
$$;
--> statement-breakpoint
-- The fields of one state that another has not, or not like that; null when there is no such state at all.
create or replace function fields_that_differ(one jsonb, other jsonb) returns jsonb
language sql
immutable
parallel safe
begin atomic
  select case when one is not null then coalesce(jsonb_object_agg(field.key, field.value), '{}') end
  from jsonb_each(one) field
  where other is null
  or field.value is distinct from other -> field.key;
end;
--> statement-breakpoint
-- Makes changes of one thing that admins manage take turns, and fails with AL412 when it is no longer as it was at the
-- expected version; null means any. It comes before the change, in the same transaction.
create or replace function require_settings_version(of_subject text, of_key text, expected integer) returns void
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
declare
  current integer;
begin
  select version into current
  from settings_states
  where subject = of_subject
  and key = of_key
  for update;
  if current <> expected then
    raise exception 'It has changed since.' using errcode = 'AL412';
  end if;
end
$$;
--> statement-breakpoint
-- The weekly hours of a room or device, as they were set.
create or replace function resource_hours_of(of_resource bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select coalesce(jsonb_agg(to_jsonb(hours) - array['id', 'resource_id'] order by weekday, opens_at), '[]')
  from resource_hours hours
  where resource_id = of_resource
);
--> statement-breakpoint
-- What an account of the clinic's own people may do, for its history; null when there is no such account.
create or replace function settings_of_account(of_account bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select jsonb_build_object(
    'role', role,
    'doctor_id', doctor_id,
    'location_ids', to_jsonb(locations_of_account(id)),
    'is_closed', closed_at is not null
  )
  from accounts
  where id = of_account
);
--> statement-breakpoint
-- A doctor with their locations, weekly hours and visit types, for their history; null when there is no such doctor.
create or replace function settings_of_doctor(of_doctor bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select to_jsonb(one) - array['id', 'location_id'] || jsonb_build_object(
    'location_ids', (
      select coalesce(jsonb_agg(location_id order by location_id <> one.location_id, location_id), '[]')
      from doctor_locations
      where doctor_id = one.id
    ),
    'weekly_hours', (
      select coalesce(jsonb_agg(
        to_jsonb(hours) - array['id', 'doctor_id']
        order by weekday, opens_at, location_id, starts_on, id
      ), '[]')
      from weekly_hours hours
      where doctor_id = one.id
    ),
    'visit_type_ids', (
      select coalesce(jsonb_agg(visit_type_id order by visit_type_id), '[]')
      from doctor_visit_types
      where doctor_id = one.id
    )
  )
  from doctors one
  where one.id = of_doctor
);
--> statement-breakpoint
-- Compares one thing that admins manage with how it was when it was last recorded. If it differs, it gets the next version,
-- and an event with the fields that changed. It comes after the change, in the same transaction, as a statement of its own.
--
-- Answers with the version, whether it is new, and the thing as `settings_of` reads it. Runs with the owner's rights: the Worker's database role may only read
-- what it writes.
create or replace function record_settings(of_subject text, of_key text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
declare
  known settings_states;
  state_now constant jsonb := settings_of(of_subject, of_key);
  next_version integer;
begin
  perform require_authority(acting);
  select * into known
  from settings_states
  where subject = of_subject
  and key = of_key
  for update;
  if known.state is not distinct from state_now then
    return jsonb_build_object('version', known.version, 'is_changed', false, 'state', state_now);
  end if;
  next_version := coalesce(known.version, 0) + 1;
  insert into settings_states (subject, key, version, state)
  values (of_subject, of_key, next_version, state_now)
  on conflict (subject, key)
  do update set version = excluded.version, state = excluded.state;
  insert into settings_events (
    subject, key, version, at, actor_kind, account_id, api_key_id, request_id, before, after
  )
  values (
    of_subject, of_key, next_version, acting.as_of, acting.actor_kind, acting.account_id, acting.api_key_id,
    acting.request_id, fields_that_differ(known.state, state_now), fields_that_differ(state_now, known.state)
  );
  return jsonb_build_object('version', next_version, 'is_changed', true, 'state', state_now);
end
$$;
--> statement-breakpoint
-- One thing that admins manage, with all that belongs to it, for its history; null when there is no such thing.
create or replace function settings_of(subject text, key text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case subject
    when 'clinic' then (select to_jsonb(one) - array['id', 'version'] from clinic_settings one)
    when 'location' then (select to_jsonb(one) - 'id' from locations one where one.id = key::bigint)
    when 'doctor' then settings_of_doctor(key::bigint)
    when 'visit_type' then (
      select to_jsonb(one) - 'id' || jsonb_build_object('needs', needs_of(one.id))
      from visit_types one
      where one.id = key::bigint
    )
    when 'resource' then (
      select to_jsonb(one) - 'id' || jsonb_build_object('hours', resource_hours_of(one.id))
      from resources one
      where one.id = key::bigint
    )
    when 'account' then settings_of_account(key::bigint)
    when 'api_key' then (
      select to_jsonb(one) - array['id', 'key_hash', 'last_used_at']
      from api_keys one
      where one.id = key::bigint
    )
    when 'message_text' then (
      select jsonb_build_object('subject', one.subject, 'body', one.body)
      from message_texts one
      where one.kind = split_part(key, ':', 1)
      and one.language = split_part(key, ':', 2)
      and one.channel = split_part(key, ':', 3)
    )
    when 'time_off' then (select to_jsonb(one) - 'id' from time_off one where one.id = key::bigint)
    when 'closure' then (select to_jsonb(one) - 'id' from closures one where one.id = key::bigint)
    when 'resource_absence' then (
      select to_jsonb(one) - 'id'
      from resource_absences one
      where one.id = key::bigint
    )
    when 'travel_times' then (
      select jsonb_object_agg(one_location_id || '-' || other_location_id, minutes)
      from travel_times
    )
  end;
end;
--> statement-breakpoint
-- What there is becomes version 1, so that its first change has a before.
insert into settings_states (subject, key, version, state)
select subject, key, 1, settings_of(subject, key)
from (
  select 'clinic' as subject, '' as key
  union all select 'location', id::text from locations
  union all select 'doctor', id::text from doctors
  union all select 'visit_type', id::text from visit_types
  union all select 'resource', id::text from resources
  union all select 'account', id::text from accounts where role <> 'patient'
  union all select 'api_key', id::text from api_keys
  union all select 'message_text', kind || ':' || language || ':' || channel from message_texts
  union all select 'time_off', id::text from time_off
  union all select 'closure', id::text from closures
  union all select 'resource_absence', id::text from resource_absences
  union all select 'travel_times', ''
) thing
where settings_of(subject, key) is not null;
