-- The steps in their order, each with a snapshot that sees what the ones before it waited for. Answers with one row, or with
-- none when there is no such appointment, or it is none of the business of who asks: that it is of theirs, one line says, for
-- all. With a key the answer is kept.
create or replace function change_appointment(
  of_appointment bigint, event text, from_statuses text[], to_status text,
  of_anybody boolean, of_patients bigint[], of_doctor bigint, of_stranger text,
  by_desk boolean, as_of timestamptz, actor_kind text, of_account bigint, of_api_key bigint, of_request text,
  claimed_key text, fingerprint text,
  of_version integer default null, why text default null,
  longer interval default null,
  for_patient bigint default null, or_else bigint default null, visit_reason text default null,
  to_doctor bigint default null, starts text default null, ends text default null
) returns jsonb
language plpgsql volatile set plan_cache_mode to force_generic_plan set enable_seqscan to off
as $$
declare
  is_booking constant boolean := event = 'appointment.booked';
  is_move constant boolean := event = 'appointment.rescheduled';
  beside record;
  judged judgement;
  former jsonb;
  answer jsonb := '[]';
begin
  if claimed_key is not null then
    perform claim_key(of_account, claimed_key, fingerprint, as_of);
  end if;
  -- What takes time that it has not had.
  if is_booking or is_move or 'noshow' = any (from_statuses) then
    perform take_turns(of_appointment, to_doctor, coalesce(for_patient, or_else));
    select
      case when not is_booking then coalesce(to_doctor, one.doctor_id) end as doctor,
      coalesce(for_patient, one.patient_id, or_else) as patient
    into beside
    from appointments one where one.id = of_appointment;
    perform clear_the_way(
      of_appointment, to_doctor, beside.doctor, beside.patient, as_of, actor_kind, of_account, of_api_key, of_request
    );
  end if;
  perform from appointments one
  where one.id = of_appointment
  and (
    of_anybody or one.patient_id = any (of_patients) or one.doctor_id = of_doctor or one.stranger_id = of_stranger
  )
  for no key update;
  if found then
    judged := case
      when is_booking then judge_booking(of_appointment, for_patient, or_else, visit_reason, by_desk, as_of)
      when is_move then judge_move(of_appointment, of_version, to_doctor, starts, ends, why, by_desk, as_of)
      else judge_change(of_appointment, event, from_statuses, to_status, of_version, by_desk, longer, as_of)
    end;
    former := told(of_appointment);
    if judged.verdict is null then
      perform apply_judgement(
        of_appointment, judged, event, why, as_of, actor_kind, of_account, of_api_key, of_request
      );
    end if;
    answer := jsonb_build_array(
      case when judged.verdict is null then told(of_appointment) else former end
      || jsonb_build_object(
        'verdict', judged.verdict,
        'next_start_at', judged.next_start_at,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'first_day', former -> 'first_day', 'last_day', former -> 'last_day',
          'hold_expires_at', former -> 'hold_expires_at'
        )
      )
    );
  end if;
  if claimed_key is not null then
    update idempotency_keys kept set answers = jsonb_build_array(answer)
    where kept.account_id = of_account and kept.key = claimed_key;
  end if;
  return jsonb_build_array(answer);
end
$$;
