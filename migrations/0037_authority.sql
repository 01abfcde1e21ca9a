-- Whether the owner of a key may lend it this role: their own, and an admin also that of the front desk.
create or replace function role_may_lend(owner text, lent text) returns boolean
language sql
immutable
begin atomic
  select lent = owner or (owner = 'admin' and lent = 'front_desk');
end;
--> statement-breakpoint
alter type acting add attribute doctor_id bigint;
--> statement-breakpoint
alter type acting add attribute can_be_checked boolean;
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time; the open hold that the caller already has of this slot; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_hold constant boolean := wanted.status = 'pending';
  begun beginning := row(null, null, null);
  next_free jsonb := '[]';
  own_hold bigint;
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_hold then
    perform take_turns_to_hold(wanted);
  end if;
  released := lock_to_begin(wanted, wish, acting);
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  if is_hold then
    own_hold := find_own_hold(wanted, wish, acting);
  end if;
  if own_hold is null then
    begun := insert_appointment(wanted, wish, acting);
  end if;
  -- Another time would not help an account that has as many as it may have.
  if own_hold is null and begun.id is null and begun.verdict is distinct from 'too_many_appointments' then
    select coalesce(jsonb_agg(to_jsonb(free)), '[]') into next_free from find_next_free(wanted, wish, acting) free;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}')),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(appointment_details(own_hold)) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with two lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = 'appointment.rescheduled';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  -- These take time that the appointment has not had.
  if is_booking or is_move or 'noshow' = any (change.from_statuses) then
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into before
  from appointments one
  where one.id = wanted.id
  and (
    change.of_anyone
    or one.patient_id = any (change.of_patients)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null then
      perform apply_decision(before, wanted, change, decided, acting);
    end if;
    details := appointment_details(wanted.id);
    former := coalesce(former, details);
    answer := jsonb_build_array(
      details || jsonb_build_object(
        'verdict', decided.verdict,
        'next_start_at', decided.next_start_at,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at
        )
      )
    );
  end if;
  answers := jsonb_build_array(answer, case when released = '{}' then '[]' else list_appointments(released) end);
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Gives an account another role, unless it is the last admin or the doctor is unknown. Its sessions end, and so do its
-- keys that have another role or acted for another doctor. The caller holds the lock 'authority', so the admins that are counted stay admins.
--
-- Answers with the account, whose columns are null when there is none, and whether it is the last admin.
create or replace function change_role(account bigint, new_role text, new_doctor bigint, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  knows_doctor constant boolean := new_doctor is null or exists (select from doctors where id = new_doctor);
  is_last_admin boolean;
begin
  select * into before from accounts where id = account for no key update;
  is_last_admin := before.role = 'admin' and new_role <> 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.id <> account
  );
  if before.id is not null and knows_doctor and not is_last_admin then
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
    perform record_security_event(
      'role.changed', account, jsonb_build_object('from', before.role, 'to', new_role), acting
    );
  end if;
  return jsonb_build_object(
    'id', before.id, 'email', before.email, 'name', before.name, 'is_last_admin', coalesce(is_last_admin, false)
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
  end if;
  return jsonb_build_object('id', issued, 'beyond', beyond);
end
$$;
--> statement-breakpoint
-- Whether a key still lets its bearer in, as its owner is now.
create or replace function key_may_act(key api_keys, owner accounts, as_of timestamptz) returns boolean
language sql
immutable
begin atomic
  select key.revoked_at is null
    and (key.expires_at is null or key.expires_at > as_of)
    and role_may_lend(owner.role, key.role);
end;
--> statement-breakpoint
-- Checks that the actor is still who the request believes. Every write begins with it, in its own transaction: what the
-- Worker remembers about keys, sessions and roles may be a minute old. Strangers and our own jobs have nothing to check,
-- and the previous release is not checked.
--
-- Fails with AL401 when the session or the key no longer lets anyone in, and with AL403 when the role has changed.
create or replace function require_authority(acting acting) returns void
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  believed record;
begin
  if acting.account_id is null or acting.can_be_checked is null then
    return;
  end if;
  if acting.api_key_id is not null then
    select key.role, owner.doctor_id, key_may_act(key, owner, acting.as_of) as is_live into believed
    from api_keys key
    join accounts owner on owner.id = key.owner_id
    where key.id = acting.api_key_id
    and key.owner_id = acting.account_id;
  else
    select account.role, account.doctor_id, session_is_live(session, account.role, acting.as_of) as is_live into believed
    from sessions session
    join accounts account on account.id = session.account_id
    where session.token_hash = acting.session_hash
    and session.account_id = acting.account_id;
  end if;
  if believed.is_live is not true then
    raise exception 'The key or the session has ended.' using errcode = 'AL401';
  end if;
  if (believed.role, believed.doctor_id) is distinct from (acting.actor_kind, acting.doctor_id) then
    raise exception 'The role of the account has changed.' using errcode = 'AL403';
  end if;
end
$$;
--> statement-breakpoint
-- Revokes these API keys, every key that they issued, and the keys that those issued. The caller holds the lock
-- 'authority', so no key is being issued meanwhile. Answers with the ids of those that had not ended yet.
create or replace function revoke_keys(chosen bigint[], acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
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
  select coalesce(array_agg(id), '{}') from recorded;
end;
