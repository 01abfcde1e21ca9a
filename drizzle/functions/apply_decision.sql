-- Changes an appointment as was decided, with the event that records it. Nothing is judged here.
create or replace function apply_decision(
  before appointments, wanted appointments, change change, decision decision, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
  after appointments := before;
  undoes integer;
begin
  if change.event = 'appointment.booked' and decision.hold_expires_at is not null then
    -- The clinic confirms it first.
    change.event := 'appointment.requested';
    wanted.status := 'pending';
  end if;
  after.status := coalesce(wanted.status, before.status);
  after.doctor_id := coalesce(decision.doctor_id, before.doctor_id);
  after.patient_id := coalesce(decision.patient_id, before.patient_id);
  after.location_id := coalesce(decision.location_id, before.location_id);
  after.start_at := coalesce(decision.start_at, before.start_at);
  after.end_at := coalesce(decision.end_at, before.end_at);
  after.session_id := coalesce(wanted.session_id, before.session_id);
  after.place := coalesce(wanted.place, before.place);
  after.capacity := coalesce(wanted.capacity, before.capacity);
  after.hold_expires_at := coalesce(decision.hold_expires_at, before.hold_expires_at);
  after.awaits_approval := after.status = 'pending'
    and (change.event = 'appointment.requested' or before.awaits_approval);
  if after.awaits_approval then
    -- An appointment cannot be confirmed after it has begun.
    after.hold_expires_at := least(after.hold_expires_at, after.start_at);
  end if;
  if after.status = 'cancelled' and before.awaits_approval then
    after.hold_expires_at := null;
  end if;
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
  end if;
  if after.status = 'booked' or after.awaits_approval then
    after.stranger_id := null;
    after.stranger_address_hash := null;
    after.stranger_wider_hash := null;
  end if;
  if is_move then
    after.override_reason := wanted.override_reason;
    after.visit_type_id := decision.visit_type_id;
  end if;
  after.buffer_before_minutes := coalesce(decision.buffer_before_minutes, before.buffer_before_minutes);
  after.buffer_after_minutes := coalesce(decision.buffer_after_minutes, before.buffer_after_minutes);
  after.reason_for_visit := coalesce(wanted.reason_for_visit, before.reason_for_visit);
  if change.event = 'appointment.arrived' then
    after.arrived_at := acting.as_of;
  elsif change.event = 'appointment.started' then
    -- Those who were checked in by an earlier release have no time of arrival.
    after.arrived_at := coalesce(before.arrived_at, acting.as_of);
    after.started_at := acting.as_of;
  elsif change.event = 'appointment.start_undone' then
    after.started_at := null;
  elsif after.status = 'booked' then
    after.arrived_at := null;
    after.started_at := null;
  end if;
  if change.event = 'appointment.noted' then
    after.note := wanted.note;
  end if;
  if change.event = any (array['appointment.reopened', 'appointment.start_undone']) then
    undoes := (
      select max(number) from events
      where appointment_id = before.id
      and kind = any (case
        when change.event = 'appointment.start_undone' then array['appointment.started']
        when before.status = 'fulfilled' then array['appointment.fulfilled']
        when before.status = 'noshow' then array['appointment.missed']
        else array['appointment.arrived', 'appointment.walked_in']
      end)
    );
  end if;
  perform write_change(before, after, change, undoes, acting);
end
$$;
