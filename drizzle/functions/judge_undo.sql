-- The rules for taking back the last change of an appointment, so that it becomes `was` again:
-- * on the local day of the change; where it changed when or whether the patient comes, also until the appointment starts,
-- * a booking or a walk-in only when the clinic's own people made it: patients' are cancelled with a reason,
-- * a request only until its deadline,
-- * what it gave away must still be free.
create or replace function judge_undo(
  one appointments, was appointments, last events, change change, acting acting
) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select case
    when one.event_count = change.version + 1 and exists (
      select from events
      where appointment_id = one.id
      and number = one.event_count
      and before ? 'undoes'
    ) then 'already'
    when change.version <> one.event_count then 'stale'
    when one.capacity is not null
    or last.id is null
    or last.kind <> all (array[
      'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.visit_type_changed',
      'appointment.reassigned', 'appointment.confirmed', 'appointment.declined', 'appointment.cancelled',
      'appointment.arrived', 'appointment.started', 'appointment.fulfilled', 'appointment.missed'
    ])
    or last.after ->> 'status' <> one.status
    or last.kind = any (array['appointment.booked', 'appointment.walked_in'])
      and last.actor_kind <> all (array['front_desk', 'doctor', 'admin'])
    -- A participant moves with the session, never alone.
    or (was.status = any (array['booked', 'pending']) or last.kind = 'appointment.rescheduled') and exists (
      select from appointments session
      where session.id = was.session_id
      and (session.start_at, session.end_at) <> (was.start_at, was.end_at)
    ) then 'nothing_to_undo'
    when not local_day(last.at, location.time_zone) @> acting.as_of and not (
      last.kind = any (array[
        'appointment.cancelled', 'appointment.declined', 'appointment.confirmed', 'appointment.rescheduled',
        'appointment.visit_type_changed'
      ])
      and acting.as_of < was.start_at
    ) then 'not_today'
    when was.hold_expires_at <= acting.as_of then 'hold_expired'
    -- Once the session is cancelled, nobody can be expected at it again.
    when last.kind = 'appointment.arrived' and exists (
      select from appointments session
      where session.id = one.session_id
      and session.status <> 'booked'
    ) then 'wrong_status'
    when last.kind = 'appointment.reassigned' then
      (judge_reassignment(was, jsonb_populate_record(change, '{"version": null}'), acting)).verdict
    when was.status = any (array['cancelled', 'noshow'])
    or one.status <> all (array['cancelled', 'noshow'])
      and last.kind <> all (array['appointment.rescheduled', 'appointment.visit_type_changed']) then null
    when patient.erased_at is not null then 'patient_erased'
    when one.status = any (array['cancelled', 'noshow'])
    and (patient.is_deceased or not patient.is_active) and was.end_at > acting.as_of then 'patient_inactive'
    when was.session_id is not null and was.place is null then 'session_full'
    else coalesce(
      (
        select case
          when mine.part in ('patient', 'companion') then 'patient_busy'
          when mine.part = 'doctor' then 'slot_taken'
          else 'resource_taken'
        end
        from (
          -- Since then, the former doctor may have become a colleague.
          select claim.*, count(*) over (partition by claim.resource_id) > 1 as is_twice
          from (
            select * from claims_of(was)
            union all
            select * from claims_to_keep(was, change)
          ) claim
        ) mine
        where mine.is_twice
        or is_claimed(mine.resource_id, mine.during, acting.as_of, one.id)
        or mine.location_id is not null
        and is_on_the_way(mine.resource_id, mine.location_id, mine.during, acting.as_of, one.id)
        order by mine.part = any (array['patient', 'companion']), mine.part = 'doctor' desc
        limit 1
      ),
      case
        when was.session_id is null
        and exists (select from visit_type_needs where visit_type_id = was.visit_type_id)
        and pick_claims(
          was, array(select claim from claims_to_keep(was, change) claim), was.override_reason is not null, acting.as_of
        ) is null then 'resource_taken'
      end
    )
  end
  from doctors doctor
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join patients patient on patient.id = was.patient_id
  where doctor.id = one.doctor_id;
end;
