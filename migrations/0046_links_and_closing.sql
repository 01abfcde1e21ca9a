CREATE TABLE "email_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "email_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"new_email" text NOT NULL,
	"session_hash" text NOT NULL,
	"codes_hash" text,
	"stop_hash" text NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "email_changes_email_is_lower_case" CHECK ("email_changes"."new_email" = lower("email_changes"."new_email"))
);
--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "email_changes_by_account" ON "email_changes" USING btree ("account_id","asked_at");
--> statement-breakpoint
CREATE INDEX "email_changes_by_email" ON "email_changes" USING btree ("new_email","asked_at");
--> statement-breakpoint
CREATE INDEX "email_changes_by_stop" ON "email_changes" USING btree ("stop_hash");
--> statement-breakpoint
CREATE INDEX "email_changes_by_expiry" ON "email_changes" USING btree ("expires_at");
--> statement-breakpoint
-- The first day on which an account may no longer act for a patient: the 18th birthday of a dependant who was younger when
-- they were linked; null when the link has no end. Who was born on 29 February turns 18 on the 28th.
create or replace function link_ends_on(relation text, birth_date date, linked_at timestamptz) returns date
language sql
immutable
begin atomic
  select turns_18_on
  from (select (birth_date + interval '18 years')::date as turns_18_on) person
  where relation = 'dependant'
  and turns_18_on > (linked_at at time zone 'UTC')::date;
end;
--> statement-breakpoint
-- Whether a link with this end still lets its account act. It ends when that day begins at the first of the clinic's
-- locations, by local clocks. Most links end never, or not around now, and then no location is read.
create or replace function link_is_in_force(ends_on date, as_of timestamptz) returns boolean
language sql
stable
begin atomic
  select case
    when ends_on is null or ends_on > (as_of at time zone 'UTC')::date + 1 then true
    when ends_on < (as_of at time zone 'UTC')::date then false
    else as_of < coalesce(
      (select min(ends_on::timestamp at time zone time_zone) from locations),
      ends_on::timestamp at time zone 'UTC'
    )
  end;
end;
--> statement-breakpoint
-- Trigger: a corrected birth date moves the ends of the patient's links. Writing them is enough; `set_link_end` does it.
create or replace function move_link_ends() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  update account_patients set patient_id = new.id where patient_id = new.id;
  return null;
end
$$;
--> statement-breakpoint
-- Trigger: sets when a link ends, whoever writes it, so that no verb can forget it. With another end, the account is told
-- again. A closed account gets no link.
create or replace function set_link_end() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  if tg_op = 'INSERT' then
    perform from accounts where id = new.account_id and closed_at is not null for key share;
    if found then
      return null;
    end if;
  end if;
  new.ends_on := link_ends_on(
    new.relation, (select birth_date from patients where id = new.patient_id), new.linked_at
  );
  if tg_op = 'UPDATE' and new.ends_on is distinct from old.ends_on then
    new.notice_sent_at := null;
  end if;
  return new;
end
$$;
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
  perform require_patient(wanted.patient_id, acting);
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
-- Cancels the account's appointments that are still to come, and releases its holds, each with its event: those of patients
-- for whom no other account acts. What may no longer be cancelled online stays, unless the front desk cancels it. Answers
-- with what `change_appointment` says of each.
create or replace function cancel_upcoming(account bigint, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  upcoming record;
  answer jsonb;
  answers jsonb := '[]';
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  for upcoming in
    select one.id, one.status
    from account_patients pair
    join appointments one on one.patient_id = pair.patient_id
    where pair.account_id = account
    and one.start_at > acting.as_of
    and one.status in ('booked', 'pending')
    and not exists (
      select from account_patients other
      where other.patient_id = pair.patient_id
      and other.account_id <> account
      and link_is_in_force(other.ends_on, acting.as_of)
    )
    order by one.id
  loop
    answer := change_appointment(
      jsonb_populate_record(null::appointments, jsonb_build_object('id', upcoming.id, 'status', 'cancelled')),
      jsonb_populate_record(null::change, jsonb_build_object(
        'event', case upcoming.status when 'booked' then 'appointment.cancelled' else 'appointment.released' end,
        'from_statuses', array[upcoming.status],
        'of_anyone', true
      )),
      acting
    );
    answers := answers || (answer -> 0);
  end loop;
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
    or change.of_patients is not null and may_act_for(one.patient_id, acting)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    if is_booking then
      perform require_patient(
        coalesce(wanted.patient_id, before.patient_id, change.default_patient_id), acting
      );
    end if;
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
  select * into before from accounts where id = account and closed_at is null for no key update;
  is_last_admin := before.role = 'admin' and new_role <> 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
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
-- Closes an account for good, unless it is the last admin's. Nobody can sign in to it any more: its sessions, keys,
-- passkeys and links end, and it gives up its address, which may sign up again as a new account. The row stays, because
-- history refers to it; a patient's loses its name too. Appointments stay, unless `cancels` says otherwise; then see
-- `cancel_upcoming`.
--
-- Answers with the account, whose id is null when there is none that is open; whether it is the last admin's; the hashes
-- of the tokens and the ids of the keys that ended; what became of the appointments; and the address that it had.
create or replace function close_account(account bigint, cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  is_last_admin boolean;
  ended text[] := '{}';
  revoked bigint[] := '{}';
  cancelled jsonb := '[]';
begin
  -- As for every change of roles or keys: an admin remains, and no key is being issued meanwhile.
  perform pg_advisory_xact_lock(hashtext('authority'));
  select * into before from accounts where id = account and closed_at is null for update;
  is_last_admin := before.role = 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
  );
  if before.id is not null and not is_last_admin then
    if cancels then
      cancelled := cancel_upcoming(account, acting);
    end if;
    update accounts
    set
      closed_at = acting.as_of,
      email = 'closed-' || id || '@account.invalid',
      name = case when role = 'patient' then '' else name end,
      updated_at = acting.as_of
    where id = account;
    ended := end_sessions(array(select id from sessions where account_id = account), 'account_closed', acting);
    revoked := revoke_keys(array(select id from api_keys where owner_id = account), acting);
    delete from passkeys where account_id = account;
    delete from account_links where account_id = account;
    delete from email_changes where account_id = account;
    delete from sign_in_codes where email = before.email;
    perform unlink_patient(pair.patient_id, account, null, acting)
    from account_patients pair
    where pair.account_id = account;
    perform record_security_event('account.closed', account, '{}', acting);
  end if;
  return jsonb_build_object(
    'id', before.id, 'is_last_admin', coalesce(is_last_admin, false), 'ended', to_jsonb(ended),
    'revoked', to_jsonb(revoked), 'cancelled', cancelled, 'email', before.email
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
  end if;
  return jsonb_build_object('id', issued, 'beyond', beyond);
end
$$;
--> statement-breakpoint
-- Why an account may not register one dependant more; null when it may. The front desk always may. Callers take turns
-- first.
create or replace function judge_dependant(acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when case
      when account.created_at > acting.as_of - interval '1 hour' then settings.most_dependants_in_first_hour
      else settings.most_dependants
    end <= (
      select count(*)
      from account_patients
      where account_id = account.id
      and relation = 'dependant'
      and link_is_in_force(ends_on, acting.as_of)
    ) then 'too_many_dependants'
  end
  from clinic_settings settings
  join accounts account on account.id = acting.account_id
  where settings.id
  and not acting.by_desk;
end;
--> statement-breakpoint
-- Whether the actor may act for this patient now. The clinic's own people may, as far as their rights go; a patient's
-- account needs a link that is in force. The link of a merged record is with the record that it moved to.
create or replace function may_act_for(patient bigint, acting acting) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return acting.actor_kind is distinct from 'patient' or exists (
  select from account_patients pair
  where pair.account_id = acting.account_id
  and pair.patient_id = coalesce((select moved_to_id from patients where id = patient), patient)
  and link_is_in_force(pair.ends_on, acting.as_of)
);
--> statement-breakpoint
-- Checks that the account still acts for the patient, if a patient's account asks and names one. What the Worker remembers
-- about its links may be a minute old, so every write for a patient begins with this, in its own transaction.
--
-- Fails with AL404, as if there were no such patient.
create or replace function require_patient(patient bigint, acting acting) returns void
language plpgsql
stable
as $$
begin
  if patient is not null and not may_act_for(patient, acting) then
    raise exception 'The account does not act for this patient.' using errcode = 'AL404';
  end if;
end
$$;
--> statement-breakpoint
-- Removes the link of an account to a patient, with the event that says who did it; answers whether there was one. The
-- patient's appointments stay. Nothing is judged here.
create or replace function unlink_patient(patient bigint, account bigint, why text, acting acting) returns boolean
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with removed as (
    delete from account_patients
    where account_id = account
    and patient_id = patient
    returning account_id, patient_id, relation
  )
  select count(*) > 0
  from (
    select append_patient_event(
      patient_id, 'patient.unlinked', jsonb_build_object('account_id', account_id, 'relation', relation), null, why, acting
    )
    from removed
    offset 0
  ) each;
end;

--> statement-breakpoint
create or replace trigger links_have_an_end
before insert or update on account_patients
for each row execute function set_link_end();
--> statement-breakpoint
create or replace trigger birth_dates_end_links
after update of birth_date on patients
for each row when (old.birth_date is distinct from new.birth_date) execute function move_link_ends();
