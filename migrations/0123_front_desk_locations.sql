-- Where an appointment takes place; one from before that was stored, at its doctor's first location.
create or replace function location_of(one appointments) returns bigint
language sql
stable
return coalesce(one.location_id, (select location_id from doctors where id = one.doctor_id));
--> statement-breakpoint
-- The locations that an account is bound to, in order; null when it is bound to none, and works at all of them.
create or replace function locations_of_account(account bigint) returns bigint[]
language sql
stable
return (
  select array_agg(location_id order by location_id)
  from account_locations
  where account_id = account
);
--> statement-breakpoint
alter type acting add attribute location_ids bigint[];
--> statement-breakpoint
-- Undoes the last merge of a record. No rule is written here, only the order of the steps. While it runs, nothing else
-- begins or changes an appointment (`follow_patient`).
--
-- Answers with two lists: the verdict and the merge; the appointments that went back.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function unmerge_patients(of_record bigint, reason text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  judged record;
  undone patient_merges;
  given_back bigint[] := '{}';
  answers jsonb;
  stays bigint;
begin
  perform require_authority(acting);
  acting := for_whole_clinic(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  stays := follow_patient(of_record);
  perform from patients where id in (of_record, stays) order by id for no key update;
  select * into judged from judge_unmerge(of_record, acting.as_of);
  if found and judged.verdict is null then
    given_back := undo_merge(judged.merge, reason, acting);
    select * into undone from patient_merges where id = (judged.merge).id;
  end if;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(
      to_jsonb(judged) || case when undone.id is null then '{}' else jsonb_build_object('merge', to_jsonb(undone)) end
    ) end,
    case when given_back = '{}' then '[]' else list_appointments(given_back) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time, or the next sessions; the open hold that the caller already has of this slot; the holds that this transaction released.
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
  details jsonb;
  answers jsonb;
begin
  perform require_authority(acting);
  if not is_in_reach(wish.location_id, acting) then
    raise exception 'It is another location.' using errcode = 'AL404', constraint = 'location';
  end if;
  perform require_patient(wanted.patient_id, acting);
  perform require_patient(companion.id, acting) from unnest(wish.companion_ids) companion (id);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  if wish.companion_ids is not null then
    wish.companion_ids := array(
      select coalesce(record.moved_to_id, companion.id)
      from unnest(wish.companion_ids) companion (id)
      left join patients record on record.id = companion.id
    );
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
    if wanted.session_id is not null then
      wanted.place := free_place(wanted.session_id);
    end if;
    begun := insert_appointment(wanted, wish, acting);
  end if;
  -- Another time would not help an account that has as many as it may have.
  if begun.verdict = 'session_full' then
    next_free := next_sessions(wanted.session_id, acting);
  elsif own_hold is null and begun.id is null and wanted.session_id is null
  and begun.verdict is distinct from 'too_many_appointments' then
    select coalesce(jsonb_agg(
      to_jsonb(free) || jsonb_build_object('missing', find_missing_person(wanted, wish, acting))
    ), '[]')
    into next_free
    from find_next_free(wanted, wish, acting) free;
  end if;
  details := appointment_details(coalesce(begun.id, own_hold));
  answers := jsonb_build_array(
    jsonb_build_array(
      to_jsonb(begun) || case when begun.id is null then '{}' else details end || jsonb_build_object(
        'visit_type_chosen', case when details is not null then explain_visit_type(wanted, details) end,
        'offered', case when begun.verdict = 'not_offered' then offered_by(wanted.doctor_id, acting.by_desk, acting.as_of) end
      )
    ),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(details) end,
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
-- Answers with three lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room; the participants, when it is a session that was cancelled or moved.
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
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
  is_reassignment constant boolean := change.event = 'appointment.reassigned';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  busy bigint[];
  participants jsonb := '[]';
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_reassignment then
    perform pg_advisory_xact_lock(hashtext('merges'));
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  change.default_patient_id := follow_patient(change.default_patient_id);
  -- These take time that the appointment, or its patient, has not had.
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
  and (acting.location_ids is null or is_in_reach(location_of(one), acting))
  for no key update;
  if found then
    if is_booking then
      perform require_patient(
        coalesce(wanted.patient_id, before.patient_id, change.default_patient_id), acting
      );
    end if;
    -- A participant needs a place in the session that they move to, and another one when they did come after all.
    if is_move then
      wanted.status := before.status;
      wanted.place := free_place(wanted.session_id);
    elsif change.event = 'appointment.reopened' and before.status = 'noshow' then
      wanted.place := place_again(before);
    end if;
    decided := case
      when change.event = 'appointment.visit_type_changed' then judge_visit_type(wanted, change, acting)
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move and (before.session_id is not null or wanted.session_id is not null)
        then judge_session_move(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      when is_reassignment then judge_reassignment(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is, or as what.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null and is_move and before.capacity is not null then
      busy := busy_participants(before.id, tstzrange(decided.start_at, decided.end_at), acting.as_of);
      decided.verdict := case when busy <> '{}' then 'patient_busy' end;
    end if;
    if decided.verdict is null and before.capacity is not null
    and (is_move or change.event = 'appointment.cancelled') then
      participants := change_participants(before, wanted, change, decided, acting);
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
        'missing', case when is_move and before.session_id is null and decided.verdict in (
          'resource_taken', 'patient_busy', 'outside_hours'
        ) then
          find_missing(
            wanted_at(
              jsonb_populate_record(before, jsonb_build_object('visit_type_id', decided.visit_type_id)),
              decided.doctor_id, decided.location_id, decided.start_at, decided.end_at, decided.buffer_before_minutes,
              decided.buffer_after_minutes
            ),
            change, wanted.override_reason is null, acting
          )
        end,
        'offered', case when decided.verdict = 'not_offered' then offered_by(
          coalesce(wanted.doctor_id, before.doctor_id), acting.by_desk, acting.as_of
        ) end,
        'places_taken', case when before.capacity is not null then places_taken(before.id, acting.as_of) end,
        'next_sessions', case when decided.verdict = 'session_full' then next_sessions(
          coalesce(wanted.session_id, before.session_id), acting
        ) end,
        'busy_participants', busy,
        'former_patient_id', before.patient_id,
        'conflict', case when is_reassignment and decided.verdict = 'patient_busy' then (
          select appointment_details(one.id)
          from appointments one
          where one.id = find_conflict(wanted.id, wanted.patient_id, acting.as_of)
          and is_in_reach(location_of(one), acting)
        ) end,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at, 'elsewhere', former -> 'elsewhere'
        )
      )
    );
  end if;
  answers := jsonb_build_array(
    answer, case when released = '{}' then '[]' else list_appointments(released) end, participants
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes who takes part in an appointment besides its doctor and its patient, all or nothing: the people named now
-- replace those named before. Those who meet a need of the visit type stay.
--
-- Answers with two lists: the appointment, with the verdict, who cannot come and whose free time it took before, or
-- nothing when there is none; the expired holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its
-- event. `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_people(wanted appointments, wish wish, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  before appointments;
  verdict text;
  former jsonb;
  former_facts jsonb;
  kept claims[];
  named claims[];
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform follow_patient(null);
  wish.companion_ids := array(
    select coalesce(record.moved_to_id, companion.id)
    from unnest(wish.companion_ids) companion (id)
    left join patients record on record.id = companion.id
  );
  perform take_turns_to_change(wanted, change);
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  released := array(
    select hold.id
    from appointments hold
    where hold.id = any (wanted.id || array(
      select claim.appointment_id
      from appointments one
      cross join lateral named_claims(one, wish) named
      join claims claim on claim.resource_id = named.resource_id and claim.during && named.during
      where one.id = wanted.id
      and claim.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for no key update
  );
  foreach hold in array array_remove(released, wanted.id) loop
    perform release_hold(hold, acting);
  end loop;
  select * into before from appointments where id = wanted.id and hold_expires_at is null;
  if before.id is not null then
    perform require_reach(before, 'appointment', acting);
  end if;
  if before.id is not null then
    wanted.override_reason := coalesce(wanted.override_reason, before.override_reason);
    former := appointment_details(before.id) -> 'elsewhere';
    former_facts := people_in_facts(before.id);
    kept := array(
      select claim from claims claim
      where appointment_id = before.id
      and (part not in ('colleague', 'companion') or need_id is not null)
    );
    named := array(
      select claim from named_claims(before, wish) claim
      where claim.resource_id <> all (array(select resource_id from unnest(kept) where part = 'colleague'))
    );
    verdict := case
      when change.version <> before.event_count then 'stale'
      when before.status <> all (array['booked', 'arrived']) then 'wrong_status'
      else judge_named(
        jsonb_populate_record(before, jsonb_build_object('override_reason', wanted.override_reason)), wish, false, acting
      )
    end;
    if verdict is null then
      perform renew_claims(before.id, kept || named);
      if people_in_facts(before.id) <> former_facts then
        perform record_people(before, former_facts, change.reason, acting);
      else
        verdict := 'already';
      end if;
    end if;
  end if;
  answers := jsonb_build_array(
    case when before.id is null then '[]' else jsonb_build_array(
      appointment_details(before.id) || jsonb_build_object(
        'verdict', verdict,
        'former_elsewhere', former,
        'missing', case when verdict <> 'already' then
          judge_attendance(named, wanted.override_reason is null, acting.as_of, before.id)
        end
      )
    ) end,
    list_appointments(array_remove(released, wanted.id))
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Moves or cancels one appointment of a series, or that one and all that follow it: all of them or none. What has begun, is
-- over or was cancelled stays as it is. All move by the same amount of local time as the first. No rule is written
-- here, only the order of the steps: `change_appointment` judges and changes each.
--
-- Answers with five lists: the series with the verdict against the change as a whole; each appointment that cannot be
-- changed, with its verdict; those that were changed; all appointments of the series; the holds that this transaction
-- released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  first_start constant text := change.starts;
  quiet acting := acting;
  former claims[];
  asked record;
  chosen record;
  answer jsonb;
  details jsonb;
  refused jsonb := '[]';
  changed jsonb := '[]';
  released jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  quiet.idempotency_key := null; -- the request itself claims the key, once
  perform follow_patient(null);
  perform lock_to_change_series(of_series, from_appointment, with_following, wanted, change, acting);
  select * into asked from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting);
  if asked.verdict is null then
    begin
      -- None of them is in the way of another.
      former := array(select claim from claims claim where is_move and appointment_id = any (asked.ids));
      update claims set during = null where is_move and appointment_id = any (asked.ids);
      for chosen in
        select one.*, location.time_zone
        from appointments one
        join locations location on location.id = one.location_id
        where one.id = any (asked.ids)
        order by one.start_at
      loop
        if not is_in_reach(chosen.location_id, acting) then
          raise exception 'One of them is at another location.' using errcode = 'AL404', constraint = 'series';
        end if;
        wanted.id := chosen.id;
        change.version := null;
        change.starts := case
          when not is_move then null
          when chosen.id = from_appointment and first_start is not null then first_start
          when asked.shift = interval '0' then in_utc(chosen.start_at)
          else to_char((chosen.start_at at time zone chosen.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI')
        end;
        answer := change_appointment(wanted, change, quiet);
        details := answer -> 0 -> 0;
        released := released || (answer -> 1);
        if details ->> 'verdict' is null then
          changed := changed || details;
        elsif details ->> 'verdict' <> 'already' then
          refused := refused || details;
        else
          update claims
          set during = was.during
          from unnest(former) was
          where claims.appointment_id = chosen.id
          and was.appointment_id = chosen.id
          and was.resource_id = claims.resource_id;
        end if;
      end loop;
      if refused <> '[]' then
        raise exception 'None of it is changed.' using errcode = 'AL409';
      end if;
    exception when sqlstate 'AL409' then
      changed := '[]';
      released := '[]';
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', asked.verdict) || coalesce(series_details(of_series), '{}')),
    refused, changed,
    list_appointments(array(
      select one.id from appointments one where one.series_id = of_series and is_in_reach(one.location_id, acting)
    )),
    released
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
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
  acting := for_whole_clinic(acting);
  -- Before any row is locked: a merge may be moving the account's links.
  perform follow_patient(null);
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
    delete from message_preferences where recipient = 'account:' || account;
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
-- Erases everything about the person of this record, and closes the account with which they sign in, unless it also acts for
-- others. Times and statuses of appointments stay, and so do the chains of events. Whoever is on legal hold is not erased, nor
-- someone with appointments to come, unless `cancels` says to cancel those first. Whoever is here now has to be seen first.
-- Erasing again changes nothing. Patients erase only themselves. They
-- must have signed in lately, with their passkey if they have one.
--
-- Answers with null when there is no such patient, or with the refusal and the appointments that stand in the way, or with
-- what was cancelled and released, and which sessions and keys ended. No answer names the person: answers are kept.
--
-- Runs with the owner's rights: the Worker's database role may not write history. `pg_temp` comes last, or a caller's
-- temporary tables would stand in for the clinic's.
create or replace function erase_patient(of_patient bigint, cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records bigint[];
  kept patients;
  answer jsonb;
  ended jsonb;
  texts text[];
begin
  acting := for_whole_clinic(acting);
  -- No merge and no booking is under way now (`follow_patient`).
  perform pg_advisory_xact_lock(hashtext('merges'));
  records := records_of_person(of_patient);
  perform from patients where id = any (records) order by id for update;
  select * into kept from patients where id = any (records) and moved_to_id is null;
  if kept.id is null or acting.actor_kind = 'patient' and not exists (
    select from account_patients
    where account_id = acting.account_id
    and patient_id = kept.id
    and relation = 'self'
  ) then
    return null;
  end if;
  answer := jsonb_build_object('id', kept.id, 'erased_at', coalesce(kept.erased_at, acting.as_of));
  if acting.actor_kind = 'patient' and not (
    signed_in_lately(acting)
    and exists (select from sessions where token_hash = acting.session_hash and may_change_passkeys(sessions))
  ) then
    return answer || '{"refusal": "not_confirmed"}';
  elsif kept.erased_at is not null then
    return answer;
  elsif exists (select from patients where id = any (records) and is_on_legal_hold) then
    return answer || '{"refusal": "on_legal_hold"}';
  end if;
  answer := answer || end_appointments(records, cancels, acting);
  if answer ? 'refusal' then
    return answer;
  end if;
  texts := texts_about(records);
  perform empty_messages(records, texts);
  ended := erase_accounts(records, acting);
  perform empty_reasons(array(select id from appointments where patient_id = any (records)));
  perform empty_records(records, acting);
  perform empty_kept_answers(records, texts, acting);
  -- Their own request must not leave behind where they are.
  if acting.actor_kind = 'patient' then
    acting.network_hash := null;
    acting.place := null;
  end if;
  perform append_patient_event(kept.id, 'patient.erased', null, null, null, acting);
  perform record_security_event(
    'data.erased', (ended -> 'accounts' ->> 0)::bigint, jsonb_build_object('patient_id', kept.id), acting
  );
  return answer || ended || jsonb_build_object(
    'cancelled', list_appointments(array(select jsonb_array_elements_text(answer -> 'cancelled')::bigint)),
    'released', list_appointments(array(select jsonb_array_elements_text(answer -> 'released')::bigint)),
    'left', list_appointments(array(select jsonb_array_elements_text(answer -> 'left')::bigint))
  );
end
$$;
--> statement-breakpoint
-- The same actor, for what concerns a patient's record and so every location: merging and erasing records, and closing an
-- account. `require_authority` has checked them before, and must not compare again what is left out here.
create or replace function for_whole_clinic(acting acting) returns acting
language plpgsql
immutable
as $$
begin
  acting.location_ids := null;
  acting.can_be_checked := null;
  return acting;
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
  end if;
  return jsonb_build_object(
    'id', before.id, 'email', before.email, 'name', before.name, 'is_last_admin', coalesce(is_last_admin, false),
    'location_ids', to_jsonb(locations_of_account(account))
  );
end
$$;
--> statement-breakpoint
-- Whether a message tells of something that is not at one of these locations; never when there are none to be bound to.
create or replace function is_about_elsewhere(message messages, location_ids bigint[]) returns boolean
language sql
stable
return location_ids is not null and (
  coalesce(message.location_id <> all (location_ids), false)
  or (
    select coalesce(bool_or(location_of(one) <> all (location_ids)), false)
    from message_appointments about
    join appointments one on one.id = about.appointment_id
    where about.message_id = message.id
  )
);
--> statement-breakpoint
-- Whether the actor may see and change what is at a location. Only a front desk account can be bound to some.
create or replace function is_in_reach(location bigint, acting acting) returns boolean
language sql
immutable
return acting.location_ids is null or location = any (acting.location_ids);
--> statement-breakpoint
-- Which appointments a change of a series is about, by how much it moves them on the wall clock, and why it is refused as a
-- whole. What has begun, is over or was cancelled is not among them.
create or replace function judge_series_change(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns table (verdict text, ids bigint[], shift interval)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when first.id is null then 'no_series'
      when change.version <> chosen.version then 'stale'
      when chosen.ids = '{}' and (change.event <> 'appointment.cancelled' or first.status <> 'cancelled') then 'wrong_status'
    end,
    chosen.ids,
    coalesce(
      case when change.starts like '%Z' then change.starts::timestamptz at time zone place.time_zone
        else change.starts::timestamp
      end - first.start_at at time zone place.former_time_zone,
      interval '0'
    )
  from (values (from_appointment)) named (id)
  left join appointments first on first.id = named.id and first.series_id = of_series
    and is_in_reach(first.location_id, acting)
  left join lateral (
    select location.time_zone, former.time_zone as former_time_zone
    from doctors doctor
    join locations location on location.id = doctor.location_id
    cross join locations former
    where doctor.id = coalesce(wanted.doctor_id, first.doctor_id)
    and former.id = first.location_id
  ) place on true
  cross join lateral (
    select
      coalesce(sum(one.event_count), 0) as version,
      coalesce(array_agg(one.id order by one.start_at) filter (
        where one.status = 'booked'
        and one.start_at > acting.as_of
        and (one.id = first.id or with_following and one.start_at >= first.start_at)
      ), '{}') as ids
    from appointments one
    where one.series_id = of_series
  ) chosen;
end;
--> statement-breakpoint
-- Whether the actor may see a doctor's day: the front desk everyone's, doctors their own and, where the clinic allows it,
-- one another's. What they may change is another question, which each verb asks.
create or replace function may_see_day_of(of_doctor bigint, acting acting) returns boolean
language sql
stable
return case acting.actor_kind
  when 'admin' then true
  when 'front_desk' then true
  when 'doctor' then coalesce(
    of_doctor = acting.doctor_id or (select doctors_see_one_another from clinic_settings where id), false
  )
  else false
end;
--> statement-breakpoint
-- Merges one record into another of the same person. No rule is written here, only the order of the steps. While it runs,
-- nothing else begins or changes an appointment (`follow_patient`), so that nothing new can get in the way.
--
-- Answers with four lists: the verdict and the merge; the appointments that moved; the two that overlap; the expired holds
-- that it released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function merge_patients(
  of_record bigint, into_record bigint, confirmed boolean, reason text, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records constant bigint[] := array[of_record, into_record];
  released bigint[];
  hold bigint;
  judged record;
  merge patient_merges;
  answers jsonb;
begin
  perform require_authority(acting);
  acting := for_whole_clinic(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  perform from patients where id = any (records) order by id for no key update;
  released := array(
    select id from appointments
    where (
      patient_id = any (records)
      or id = any (appointments_beside(records))
    )
    and status = 'pending'
    and hold_expires_at <= acting.as_of
    order by id
    for update
  );
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  select * into judged from judge_merge(of_record, into_record, confirmed, acting.as_of);
  if found and judged.verdict is null then
    perform apply_merge(of_record, into_record, reason, acting);
  end if;
  select * into merge from patient_merges one where one.from_id = of_record and one.undone_at is null;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(to_jsonb(judged) || jsonb_build_object('merge', to_jsonb(merge))) end,
    case when judged.verdict is null then list_appointments(merge.appointment_ids) else '[]' end,
    case when judged.overlap is null then '[]' else list_appointments(judged.overlap) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Makes the next event of an appointment, linked to the one before it. `before` is the row as it was, or null when the
-- appointment begins; `after` is the row as it will be, without the count and the hash that come from this event.
--
-- Whatever happens to an appointment passes here, so this is where an actor who is bound to locations is kept to them.
create or replace function next_event(
  before appointments, after appointments, kind text, reason text, acting acting
) returns events
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
  people constant jsonb := people_in_facts(after.id);
begin
  if acting.location_ids is not null then
    if before.id is not null then
      perform require_reach(before, 'appointment', acting);
    end if;
    perform require_reach(after, 'location', acting);
  end if;
  event.appointment_id := after.id;
  event.number := coalesce(before.event_count, 0) + 1;
  event.kind := kind;
  event.at := acting.as_of;
  event.actor_kind := acting.actor_kind;
  event.account_id := acting.account_id;
  event.api_key_id := acting.api_key_id;
  event.request_id := acting.request_id;
  event.reason := reason;
  if reason is not null then
    event.reason_salt := uuid_send(gen_random_uuid());
    event.reason_hash := commitment(reason, event.reason_salt);
  end if;
  if before.id is not null then
    event.before := facts_of(before) || people;
  end if;
  event.after := facts_of(after) || people;
  event.previous_hash := before.last_event_hash;
  event.hash := event_hash(event);
  return event;
end
$$;
--> statement-breakpoint
-- Ends a hold, or a request that the clinic did not decide in time, that the caller has locked. When it had expired, the clock
-- ended it, and not the person who is acting.
create or replace function release_hold(of_hold bigint, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  after appointments;
  event events;
begin
  select * into before from appointments where id = of_hold;
  after := before;
  after.status := 'cancelled';
  if before.awaits_approval then
    -- It is listed among the cancelled appointments.
    after.awaits_approval := false;
    after.hold_expires_at := null;
  end if;
  if before.hold_expires_at <= acting.as_of then
    acting.actor_kind := 'system';
    acting.account_id := null;
    acting.api_key_id := null;
    acting.location_ids := null;
  end if;
  event := next_event(
    before, after, case when before.awaits_approval then 'appointment.lapsed' else 'appointment.released' end, null, acting
  );
  update appointments
  set
    status = after.status,
    awaits_approval = after.awaits_approval,
    hold_expires_at = after.hold_expires_at,
    event_count = event.number,
    last_event_hash = event.hash
  where id = of_hold;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- Checks that the actor is still who the request believes. Every write begins with it, in its own transaction: what the
-- Worker remembers about keys, sessions and roles may be a minute old. Strangers and our own jobs have nothing to
-- check, and the previous release is not checked.
--
-- Fails with AL401 when the session or the key no longer lets anyone in, or the session lacks its second factor, and
-- with AL403 when the role has changed, or the locations that a front desk account is bound to.
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
    select
      account.role,
      account.doctor_id,
      session_is_live(session, account.role, acting.as_of)
        and second_factor_of(account.id, account.role, session.signed_in_with) = 'met' as is_live
    into believed
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
  if believed.role = 'front_desk' and locations_of_account(acting.account_id) is distinct from acting.location_ids then
    raise exception 'The locations of the account have changed.' using errcode = 'AL403';
  end if;
end
$$;
--> statement-breakpoint
-- Fails with AL404 when an appointment is at a location that is none of the actor's business; `noun` is what they are told
-- does not exist.
create or replace function require_reach(one appointments, noun text, acting acting) returns void
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
begin
  if acting.location_ids is not null and not coalesce(is_in_reach(location_of(one), acting), false) then
    raise exception 'It is at another location.' using errcode = 'AL404', constraint = noun;
  end if;
end
$$;
--> statement-breakpoint
-- Sends a message again at once. One that failed or was skipped becomes due again. Of one that was sent, a new one is made,
-- so that the record of the first stays. Answers null for an unknown message, else with `outcome`: resent, still_waiting or
-- would_be_skipped with the reason; and with the message as it is now.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function resend_message(message_id bigint, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  message messages;
  against text;
  again bigint := message_id;
begin
  perform require_authority(acting);
  select * into message from messages where id = message_id for update;
  if message.id is null or is_about_elsewhere(message, acting.location_ids) then
    return null;
  end if;
  if message.state in ('due', 'sending') then
    return jsonb_build_object('outcome', 'still_waiting', 'message', describe_message(message));
  end if;
  against := why_not_sent(message, acting.as_of);
  if against is not null then
    return jsonb_build_object('outcome', 'would_be_skipped', 'reason', against, 'message', describe_message(message));
  end if;
  if message.state = 'sent' then
    insert into messages (
      kind, cause, recipient, account_id, patient_id, location_id, days_before, due_at, try_at, created_at
    )
    values (
      message.kind, message.cause || ':again:' || gen_random_uuid(), message.recipient, message.account_id,
      message.patient_id, message.location_id, message.days_before, acting.as_of, acting.as_of, acting.as_of
    )
    returning id into again;
    insert into message_appointments (message_id, appointment_id, from_event, to_event)
    select again, about.appointment_id, about.from_event, about.to_event
    from message_appointments about
    where about.message_id = message.id;
  else
    update messages
    set
      state = 'due',
      reason = null,
      due_at = acting.as_of,
      try_at = acting.as_of,
      -- The provider may remember what it refused under the old one.
      key = gen_random_uuid()
    where id = message.id;
  end if;
  return (
    select jsonb_build_object('outcome', 'resent', 'message', describe_message(messages))
    from messages
    where id = again
  );
end
$$;
--> statement-breakpoint
-- Stops a message that is due, for good. Answers null for an unknown message, else with `outcome`: stopped or not_waiting;
-- and with the message as it is now. One that is being sent at this moment cannot be stopped any more.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function stop_message(message_id bigint, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  message messages;
begin
  perform require_authority(acting);
  if (select is_about_elsewhere(messages, acting.location_ids) from messages where id = message_id) then
    return null;
  end if;
  update messages
  set state = 'skipped', reason = 'stopped'
  where id = message_id
  and state = 'due'
  returning * into message;
  if message.id is not null then
    return jsonb_build_object('outcome', 'stopped', 'message', describe_message(message));
  end if;
  return (
    select jsonb_build_object('outcome', 'not_waiting', 'message', describe_message(messages))
    from messages
    where id = message_id
  );
end
$$;
--> statement-breakpoint
comment on function change_role(bigint,text,bigint,acting) is 'Retired in release 0.1.0';
