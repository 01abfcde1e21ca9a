-- Does to every participant what is about to be done to their session: it is cancelled or moved, each with its event. The
-- caller has locked the session. Answers with what `change_appointment` says of each.
--
-- Locked in the order of their ids, as everywhere. Moved in the order in which new appointments take their claims (patients
-- before doctors, the highest id first): someone who has what is taken next could otherwise wait for what was just taken.
create or replace function change_participants(
  session appointments, wanted appointments, change change, decision decision, acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  one appointments;
  former jsonb;
  answers jsonb := '[]';
begin
  perform from appointments
  where session_id = session.id
  and status in ('pending', 'booked', 'arrived')
  order by id
  for no key update;
  -- Buffers are the session's, and so is its capacity.
  decision.buffer_before_minutes := null;
  decision.buffer_after_minutes := null;
  wanted.capacity := null;
  for one in
    select *
    from appointments
    where session_id = session.id
    and status in ('pending', 'booked', 'arrived')
    order by resource_of_patient(patient_id), id
  loop
    former := appointment_details(one.id);
    wanted.status := case when change.event = 'appointment.cancelled' then 'cancelled' else one.status end;
    -- A request is cancelled like what is booked, and moved while it is open.
    if one.status = 'pending'
    and (wanted.status = 'cancelled' and not one.awaits_approval or one.hold_expires_at <= acting.as_of) then
      perform release_hold(one.id, acting);
    else
      perform apply_decision(one, wanted, change, decision, acting);
    end if;
    answers := answers || (appointment_details(one.id) || jsonb_build_object(
      'former', jsonb_build_object(
        'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
        'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
        'hold_expires_at', one.hold_expires_at
      )
    ));
  end loop;
  return answers;
end
$$;
