-- An appointment as it would be if its last change were taken back; a booking becomes cancelled. The row that is given is the
-- one of now.
create or replace function row_before(one appointments, last events) returns appointments
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  facts constant jsonb := as_corrected(last.before, last.appointment_id, last.number - 1);
  was appointments := one;
begin
  if last.kind = any (array['appointment.booked', 'appointment.walked_in']) then
    was.status := 'cancelled';
    return was;
  end if;
  was.status := facts ->> 'status';
  if last.kind = 'appointment.reassigned' then
    was.patient_id := (
      select coalesce(patient.moved_to_id, patient.id) from patients patient where id = (facts ->> 'patient_id')::bigint
    );
  end if;
  was.hold_expires_at := case when was.status = 'pending' then (facts ->> 'hold_expires_at')::timestamptz end;
  -- Holds become appointments by being booked, so that what was pending before any other change waits for the clinic.
  was.awaits_approval := was.status = 'pending';
  if was.status = any (array['booked', 'pending']) then
    was.arrived_at := null;
    was.started_at := null;
  elsif last.kind = 'appointment.started' then
    was.started_at := null;
  end if;
  if last.kind = 'appointment.rescheduled' then
    was.session_id := (facts ->> 'session_id')::bigint;
  end if;
  if last.kind = any (array['appointment.rescheduled', 'appointment.visit_type_changed']) then
    was.doctor_id := (facts ->> 'doctor_id')::bigint;
    was.location_id := coalesce((facts ->> 'location_id')::bigint, one.location_id);
    was.start_at := (facts ->> 'start_at')::timestamptz;
    was.end_at := (facts ->> 'end_at')::timestamptz;
    was.override_reason := (
      select reason from events
      where appointment_id = one.id
      and number < last.number
      and kind = any (array[
        'appointment.held', 'appointment.requested', 'appointment.booked', 'appointment.walked_in',
        'appointment.rescheduled', 'appointment.visit_type_changed'
      ])
      order by number desc
      limit 1
    );
    if (facts ->> 'visit_type_id')::bigint is distinct from one.visit_type_id then
      was.visit_type_id := (facts ->> 'visit_type_id')::bigint;
      was.buffer_before_minutes := coalesce((select buffer_before_minutes from visit_types where id = was.visit_type_id), 0);
      was.buffer_after_minutes := coalesce((select buffer_after_minutes from visit_types where id = was.visit_type_id), 0);
    end if;
  end if;
  -- Its place was given away with its time.
  if was.session_id is not null
  and (one.status = any (array['noshow', 'cancelled']) or was.session_id is distinct from one.session_id) then
    was.place := place_again(was);
  end if;
  return was;
end
$$;
