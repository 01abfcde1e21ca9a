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
    case when columns is null
      then 'select true from %1$I where id = $2'
      else 'update %1$I one set (%2$s) = (select %2$s from jsonb_populate_record(one, $1)) where id = $2 returning true'
    end,
    of_table, columns
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
begin
  perform take_settings_turn(of_subject, of_key);
  if expected <> coalesce((
    select version
    from settings_states
    where subject = of_subject
    and key = of_key
  ), 0) then
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
-- Makes changes of one thing that admins manage take turns, until the transaction ends. Not a lock of its row: what was
-- never recorded has none.
create or replace function take_settings_turn(of_subject text, of_key text) returns void
language sql
volatile
return pg_advisory_xact_lock(hashtext('settings ' || of_subject), hashtext(of_key));
--> statement-breakpoint
-- Changes the clinic's own texts of one kind of message in one channel. `wanted` has a text for each language, or null to go
-- back to ours. `seen` has when each was last changed, as the caller saw it: if that is no longer so, nothing changes. The
-- security log keeps what they were and are. Changes wait for one another.
--
-- Answers with the outcome: changed, same, stale, or not_allowed for a text that names the visit type although the clinic
-- does not let messages do that.
create or replace function change_message_texts(of_kind text, through text, wanted jsonb, seen jsonb, acting acting)
returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  names_visit_type boolean;
  before jsonb;
  after jsonb;
begin
  select messages_name_visit_type into names_visit_type from clinic_settings for no key update;
  if not names_visit_type and wanted::text like '%{visit\_type}%' then
    return 'not_allowed';
  end if;

  before := own_message_texts(of_kind, through);
  if exists (
    select from jsonb_object_keys(wanted) language
    where (seen ->> language)::timestamptz is distinct from (before -> language ->> 'changed_at')::timestamptz
  ) then
    return 'stale';
  end if;

  delete from message_texts own
  using jsonb_each(wanted) wish
  where (own.kind, own.language, own.channel) = (of_kind, wish.key, through)
  and wish.value = 'null';

  insert into message_texts as own (kind, language, channel, subject, body, changed_by, changed_at)
  select
    of_kind, wish.key, through, wish.value ->> 'subject', wish.value ->> 'body', acting.account_id, acting.as_of
  from jsonb_each(wanted) wish
  where wish.value <> 'null'
  on conflict (kind, language, channel) do update
  set subject = excluded.subject, body = excluded.body, changed_by = excluded.changed_by, changed_at = excluded.changed_at
  where (own.subject, own.body) is distinct from (excluded.subject, excluded.body);

  after := own_message_texts(of_kind, through);
  if after = before then
    return 'same';
  end if;
  perform record_security_event(
    'settings.changed',
    null,
    jsonb_build_object(
      'before', jsonb_build_object('message_texts', jsonb_build_object(of_kind, jsonb_build_object(through, before))),
      'after', jsonb_build_object('message_texts', jsonb_build_object(of_kind, jsonb_build_object(through, after)))
    ),
    acting
  );
  perform record_settings('message_text', of_kind || ':' || language || ':' || through, acting)
  from jsonb_object_keys(wanted) language;
  return 'changed';
end
$$;
--> statement-breakpoint
-- Changes the clinic's settings that `wanted` names, by their columns, and records what they were and are. A version that is
-- not the current one changes nothing. Changes wait for one another.
--
-- Answers with the settings, and with `outcome`: changed, same or stale.
create or replace function change_settings(wanted jsonb, expected_version integer, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before clinic_settings;
  after clinic_settings;
begin
  select * into before from clinic_settings for no key update;
  after := jsonb_populate_record(before, wanted);
  if before.version <> expected_version then
    return to_jsonb(before) || '{"outcome": "stale"}';
  end if;
  if after is distinct from before then
    after.version := before.version + 1;
    update clinic_settings
    set
      version = after.version,
      most_open_appointments = after.most_open_appointments,
      most_open_appointments_after_visit = after.most_open_appointments_after_visit,
      most_open_appointments_in_first_hour = after.most_open_appointments_in_first_hour,
      most_dependants = after.most_dependants,
      most_dependants_in_first_hour = after.most_dependants_in_first_hour,
      most_holds = after.most_holds,
      most_holds_in_first_hour = after.most_holds_in_first_hour,
      staff_need_passkeys = after.staff_need_passkeys,
      asks_birth_date = after.asks_birth_date,
      asks_phone = after.asks_phone,
      asks_sex = after.asks_sex,
      released_holds_kept_days = after.released_holds_kept_days,
      unfinished_accounts_kept_days = after.unfinished_accounts_kept_days,
      security_events_kept_days = after.security_events_kept_days,
      sign_in_events_kept_days = after.sign_in_events_kept_days,
      reasons_kept_days = after.reasons_kept_days,
      grace_seconds = after.grace_seconds,
      quiet_from = after.quiet_from,
      quiet_until = after.quiet_until,
      messages_language = after.messages_language,
      messages_name_visit_type = after.messages_name_visit_type,
      most_emails_a_day = after.most_emails_a_day,
      most_whatsapps_a_day = after.most_whatsapps_a_day,
      most_sms_a_day = after.most_sms_a_day,
      email_cost = after.email_cost,
      whatsapp_cost = after.whatsapp_cost,
      sms_cost = after.sms_cost,
      currency = after.currency,
      messages_kept_days = after.messages_kept_days,
      late_alert_minutes = after.late_alert_minutes,
      waiting_alert_minutes = after.waiting_alert_minutes,
      with_doctor_alert_minutes = after.with_doctor_alert_minutes,
      doctors_see_one_another = after.doctors_see_one_another;
    perform record_security_event(
      'settings.changed',
      null,
      (
        select jsonb_build_object('before', jsonb_object_agg(was.key, was.value), 'after', jsonb_object_agg(was.key, is_now.value))
        from jsonb_each(to_jsonb(before)) was
        join jsonb_each(to_jsonb(after)) is_now on is_now.key = was.key
        where was.key <> 'version'
        and was.value <> is_now.value
      ),
      acting
    );
    perform record_settings('clinic', '', acting);
    return to_jsonb(after) || '{"outcome": "changed"}';
  end if;
  return to_jsonb(before) || '{"outcome": "same"}';
end
$$;
--> statement-breakpoint
-- Gives an account another role, unless it is the last admin or the doctor is unknown. Its sessions end, and so do its
-- keys that have another role or acted for another doctor. The caller holds the lock 'authority', so the admins that are counted stay admins.
--
-- A front desk account is bound to `new_locations`, to none when they are empty, and stays as it is when they are null.
--
-- Answers with the account, whose columns are null when there is none, and whether it is the last admin.
create or replace function give_role(
  account bigint, new_role text, new_doctor bigint, new_locations bigint[], acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  knows_all constant boolean := (new_doctor is null or exists (select from doctors where id = new_doctor))
    and not exists (
      select from unnest(new_locations) wanted (id)
      where not exists (select from locations where locations.id = wanted.id)
    );
  former_locations constant bigint[] := locations_of_account(account);
  is_last_admin boolean;
begin
  select * into before from accounts where id = account and closed_at is null for no key update;
  is_last_admin := before.role = 'admin' and new_role <> 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
  );
  if before.id is not null and knows_all and not is_last_admin then
    update accounts
    set role = new_role, doctor_id = new_doctor, updated_at = acting.as_of
    where id = account;
    perform end_sessions(array(select id from sessions where account_id = account), 'role_changed', acting);
    perform revoke_keys(
      array(
        select id from api_keys
        where owner_id = account
        and (role <> new_role or before.doctor_id is distinct from new_doctor)
      ),
      acting
    );
    if new_locations is not null or new_role <> 'front_desk' then
      delete from account_locations where account_id = account;
      insert into account_locations (account_id, location_id)
      select distinct account, wanted.id
      from unnest(new_locations) wanted (id)
      where new_role = 'front_desk';
    end if;
    perform record_security_event(
      'role.changed', account,
      jsonb_build_object('from', before.role, 'to', new_role) || case
        when locations_of_account(account) is distinct from former_locations then jsonb_build_object(
          'from_locations', to_jsonb(former_locations), 'to_locations', to_jsonb(locations_of_account(account))
        )
        else '{}'
      end,
      acting
    );
    perform record_settings('account', account::text, acting);
  end if;
  return jsonb_build_object(
    'id', before.id, 'email', before.email, 'name', before.name, 'is_last_admin', coalesce(is_last_admin, false),
    'location_ids', to_jsonb(locations_of_account(account))
  );
end
$$;
--> statement-breakpoint
-- Issues an API key, which records who issued it. A key may issue only keys of its own owner that allow no more, and last
-- no longer, than itself. The caller holds the lock 'authority', so the issuing key is not being revoked meanwhile.
--
-- Answers with the id; or with the columns in which the key would go beyond its issuer; or with neither when the owner is
-- unknown or may not lend that role.
create or replace function issue_key(wanted api_keys, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  issuer api_keys;
  beyond text[] := '{}';
  issued bigint;
begin
  if acting.api_key_id is not null then
    select * into issuer from api_keys where id = acting.api_key_id;
    beyond := array_remove(array[
      case when wanted.owner_id <> issuer.owner_id then 'owner_id' end,
      case when not role_may_lend(issuer.role, wanted.role) then 'role' end,
      case when not wanted.scopes <@ issuer.scopes then 'scopes' end,
      case when coalesce(wanted.expires_at, 'infinity') > coalesce(issuer.expires_at, 'infinity') then 'expires_at' end
    ], null);
  end if;
  if beyond = '{}' then
    insert into api_keys (name, key_hash, owner_id, role, scopes, expires_at, issued_by, issued_by_key_id)
    select
      wanted.name, wanted.key_hash, owner.id, wanted.role, wanted.scopes, wanted.expires_at, acting.account_id,
      acting.api_key_id
    from accounts owner
    where owner.id = wanted.owner_id
    and owner.closed_at is null
    and role_may_lend(owner.role, wanted.role)
    returning id into issued;
  end if;
  if issued is not null then
    perform record_security_event(
      'api_key.issued',
      wanted.owner_id,
      jsonb_build_object('api_key_id', issued, 'role', wanted.role, 'scopes', wanted.scopes, 'expires_at', wanted.expires_at),
      acting
    );
    perform record_settings('api_key', issued::text, acting);
  end if;
  return jsonb_build_object('id', issued, 'beyond', beyond);
end
$$;
--> statement-breakpoint
-- Compares one thing that admins manage with how it was when it was last recorded. If it differs, it gets the next version,
-- and an event with the fields that changed. It comes after the change, in the same transaction, as a statement of its own.
--
-- Answers with the version, whether it is new, and the thing as `settings_of` reads it. Runs with the owner's rights: the
-- Worker's database role may only read what it writes.
create or replace function record_settings(of_subject text, of_key text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
declare
  known settings_states;
  state_now jsonb;
  next_version integer;
begin
  perform take_settings_turn(of_subject, of_key);
  state_now := settings_of(of_subject, of_key);
  select * into known
  from settings_states
  where subject = of_subject
  and key = of_key;
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
-- Revokes these API keys, every key that they issued, and the keys that those issued. The caller holds the lock
-- 'authority', so no key is being issued meanwhile. Answers with the ids of those that had not ended yet.
create or replace function revoke_keys(chosen bigint[], acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  ended bigint[];
begin
  with recursive
  meant as (
    select unnest(chosen) as id
    union
    select issued.id
    from meant
    join api_keys issued on issued.issued_by_key_id = meant.id
  ),
  revoked as (
    update api_keys
    set revoked_at = acting.as_of
    where id in (select id from meant)
    and revoked_at is null
    returning id, owner_id
  ),
  recorded as materialized (
    select
      id,
      record_security_event('api_key.revoked', owner_id, jsonb_build_object('api_key_id', id), acting)
    from revoked
  )
  select coalesce(array_agg(id), '{}') into ended from recorded;
  perform record_settings('api_key', id::text, acting) from unnest(ended) id;
  return ended;
end
$$;
--> statement-breakpoint
-- One thing that admins manage, with all that belongs to it, for its history; null when there is no such thing. The name of
-- an API key is left out: it may name a person, whose erasure the history would outlive.
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
      select to_jsonb(one) - array['id', 'name', 'key_hash', 'last_used_at']
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
