-- Takes back the last change of an appointment that still counts, whatever it was: the event holds what was before. No rule
-- is written here, only the order of the steps (`judge_undo` has the rules).
--
-- Answers as `change_appointment` does, with the kind of the event that this wrote and the status before.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function undo_change(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one appointments;
  was appointments;
  last events;
  seen integer;
  verdict text;
  former jsonb;
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  last := last_change(wanted.id);
  if last.kind = 'appointment.reassigned' then
    perform pg_advisory_xact_lock(hashtext('merges'));
  else
    perform follow_patient(null);
  end if;
  select * into one from appointments where id = wanted.id;
  if last.kind = any (array[
    'appointment.cancelled', 'appointment.declined', 'appointment.missed', 'appointment.rescheduled',
    'appointment.visit_type_changed'
  ]) then
    -- This takes time that the appointment has not got now.
    was := row_before(one, last);
    wanted.doctor_id := was.doctor_id;
    wanted.patient_id := was.patient_id;
    wanted.visit_type_id := was.visit_type_id;
    wanted.session_id := was.session_id;
    change.starts := in_utc(was.start_at);
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into one
  from appointments mine
  where mine.id = wanted.id
  and (change.of_anyone or mine.doctor_id = change.of_doctor)
  and (mine.hold_expires_at is null or mine.awaits_approval)
  and (acting.location_ids is null or is_in_reach(location_of(mine), acting))
  for no key update;
  if one.id is not null then
    seen := last.number;
    last := last_change(one.id);
    was := row_before(one, last);
    if last.kind = any (array['appointment.rescheduled', 'appointment.visit_type_changed']) then
      change.reason := was.override_reason;
      if (last.before -> 'room_ids', last.before -> 'device_ids')
        is distinct from (last.after -> 'room_ids', last.after -> 'device_ids') then
        change.resource_ids := array(
          select jsonb_array_elements_text(coalesce(last.before -> taken.part, '[]'))::bigint
          from (values ('room_ids'), ('device_ids')) taken (part)
        );
      end if;
    end if;
    verdict := judge_undo(one, was, last, change, acting);
    if verdict is null and seen is distinct from last.number then
      verdict := 'stale';
    end if;
    change.event := case
      when last.kind = any (array['appointment.booked', 'appointment.walked_in']) then 'appointment.cancelled'
      when last.kind = 'appointment.started' then 'appointment.start_undone'
      when last.kind = any (array[
        'appointment.rescheduled', 'appointment.visit_type_changed', 'appointment.reassigned'
      ]) then last.kind
      else 'appointment.reopened'
    end;
    former := appointment_details(one.id);
    if verdict is null then
      perform write_change(one, was, change, last.number, acting);
    end if;
    answer := jsonb_build_array(
      appointment_details(one.id) || jsonb_build_object(
        'verdict', verdict,
        'event', change.event,
        'undone', last.kind,
        'former_patient_id', one.patient_id,
        'former_status', one.status,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', one.hold_expires_at, 'elsewhere', former -> 'elsewhere'
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
