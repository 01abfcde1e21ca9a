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
          raise exception 'One of them is at another location.' using errcode = 'AL404', constraint = 'location';
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
-- Removes the day notes that name the person of these records, by a name, a number or an address that they have or had. Before
-- their records are emptied, which hold those. What a note says without naming anyone is about no one.
create or replace function empty_day_notes(records bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  written as (
    select known.text
    from patients patient
    cross join lateral (
      values (patient.name), (patient.called_name), (patient.phone), (patient.contact_email), (patient.email)
    ) known (text)
    where patient.id = any (records)
    union
    select event.before ->> field.name
    from patient_events event
    cross join (values ('name'), ('called_name'), ('phone'), ('contact_email')) field (name)
    where event.patient_id = any (records)
    union
    select identifier.value from patient_identifiers identifier where identifier.patient_id = any (records)
  ),
  folded as materialized (
    select fold_text(written.text) as text from written where length(written.text) > 2
  )
  delete from day_notes note
  where exists (select from folded where strpos(fold_text(note.text), folded.text) > 0);
end;
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
  perform empty_day_notes(records);
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
-- The list to work through at a location, or at the person's first: the first so many appointments that lie in time that is no longer
-- open, each with whom to call, what is in its way and the three nearest free times; how many there are; and those of which it
-- was said that they stay as they are. Null when the person does not work there.
create or replace function read_stranded(at_location bigint, at_most integer, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  seen as materialized (
    select staff.* from places_of_staff(acting) staff
  ),
  place as materialized (
    select seen.*
    from seen
    where seen.id = coalesce(at_location, seen.id)
    order by seen.id
    limit 1
  ),
  stranded as materialized (
    select found.*
    from place
    cross join lateral stranded_appointments(place.id, acting.as_of) found
  ),
  shown as materialized (
    (select * from stranded where not stays order by start_at, id limit at_most)
    union all
    (select * from stranded where stays order by start_at, id limit at_most)
  ),
  described as (
    select shown.stays, shown.start_at, one.id, jsonb_build_object(
      'id', one.id, 'version', one.event_count, 'stays', shown.stays, 'why', shown.why,
      'start_local', to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
      'patient_id', patient.id, 'patient', patient.name, 'phone', patient.phone,
      'email', patient.contact_email, 'languages', to_jsonb(patient.languages),
      'doctor', doctor.name, 'visit_type', visit.name, 'override_reason', one.override_reason,
      'is_session', one.capacity is not null,
      'times', case when shown.stays or one.session_id is not null or one.capacity is not null then '[]' else (
        select coalesce(jsonb_agg(jsonb_build_object(
          'doctor_id', near.doctor_id, 'doctor', near.doctor, 'is_other', near.doctor_id <> one.doctor_id,
          'start_local', near.start_local
        )), '[]')
        from (
          select nearest.*
          from nearest_for_desk(
            one.doctor_id, place.id, to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
            one.visit_type_id, (extract(epoch from one.end_at - one.start_at) / 60)::integer, one.patient_id,
            acting.as_of, one.id
          ) nearest
          limit 3
        ) near
      ) end
    ) as entry
    from place
    cross join shown
    join appointments one on one.id = shown.id
    join doctors doctor on doctor.id = one.doctor_id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
  )
  select jsonb_build_object(
    'location', jsonb_build_object('id', place.id, 'name', place.name),
    'locations', (select jsonb_agg(jsonb_build_object('id', seen.id, 'name', seen.name) order by seen.name) from seen),
    'count', (select count(*) from stranded where not stays),
    'entries', (
      select coalesce(jsonb_agg(entry order by start_at, id) filter (where not stays), '[]') from described
    ),
    'kept', (select coalesce(jsonb_agg(entry order by start_at, id) filter (where stays), '[]') from described)
  )
  from place
  where acting.by_desk;
end;
