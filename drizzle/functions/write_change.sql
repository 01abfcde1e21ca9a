-- Writes an appointment as it is after a change, with its claims and the event that records the change. `undoes` is the number
-- of the event that it takes back. Raises an error (23P01) when something was taken since it was judged.
create or replace function write_change(
  before appointments, after appointments, change change, undoes integer, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
  claims_again constant boolean := is_move
    or before.status = any (array['noshow', 'cancelled']) and after.status <> all (array['noshow', 'cancelled']);
  former constant jsonb := case when claims_again then people_in_facts(before.id) end;
  event events;
begin
  if claims_again then
    perform claim_again(after, change, acting);
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  if undoes is not null then
    event.before := event.before || jsonb_build_object('undoes', undoes);
    event.hash := event_hash(event);
  end if;
  if claims_again then
    event := with_former_people(event, former);
  end if;
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
    location_id = after.location_id,
    visit_type_id = after.visit_type_id,
    patient_id = after.patient_id,
    start_at = after.start_at,
    end_at = after.end_at,
    buffer_before_minutes = after.buffer_before_minutes,
    buffer_after_minutes = after.buffer_after_minutes,
    override_reason = after.override_reason,
    reason_for_visit = after.reason_for_visit,
    arrived_at = after.arrived_at,
    started_at = after.started_at,
    note = after.note,
    hold_expires_at = after.hold_expires_at,
    session_id = after.session_id,
    place = after.place,
    capacity = after.capacity,
    awaits_approval = after.awaits_approval,
    stranger_id = after.stranger_id,
    stranger_address_hash = after.stranger_address_hash,
    stranger_wider_hash = after.stranger_wider_hash,
    event_count = event.number,
    last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;
