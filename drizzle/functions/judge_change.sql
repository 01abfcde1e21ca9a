-- Whether an appointment, or a hold, may go from one status to the next by an event.
create or replace function judge_change(
  of_appointment bigint, event text, from_statuses text[], to_status text, of_version integer,
  by_desk boolean, longer interval, as_of timestamptz
) returns judgement
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when one.status = to_status and one.status <> all (from_statuses) then 'already'
      when of_version <> one.event_count then 'stale'
      when one.status <> all (from_statuses) then 'wrong_status'
      else case event
        when 'appointment.cancelled' then case
          when not by_desk
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= as_of then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> as_of then 'not_today'
        end
        when 'appointment.missed' then case when one.start_at > as_of then 'not_yet' end
        when 'appointment.extended' then case
          when one.hold_expires_at <= as_of then 'hold_expired'
          when exists (select from events where appointment_id = one.id and kind = event) then 'already_extended'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id and last.number = one.event_count
            and local_day(last.at, location.time_zone) @> as_of
          ) then 'not_today'
          -- Only a no-show gave its time away, and may find it taken.
          when one.status = 'noshow' then (
            select case when other.doctor_id = one.doctor_id then 'slot_taken' else 'patient_busy' end
            from appointments other
            where other.id <> one.id
            and (
              other.doctor_id = one.doctor_id and other.doctor_occupied && tstzrange(
                one.start_at - one.buffer_before_minutes * interval '1 minute',
                one.end_at + one.buffer_after_minutes * interval '1 minute'
              )
              or other.patient_id = one.patient_id and other.patient_occupied && tstzrange(one.start_at, one.end_at)
            )
            order by other.doctor_id = one.doctor_id desc
            limit 1
          )
        end
      end
    end,
    to_status, one.doctor_id, one.patient_id, one.start_at, one.end_at,
    one.buffer_before_minutes, one.buffer_after_minutes, one.override_reason, one.reason_for_visit,
    case event
      when 'appointment.extended' then one.hold_expires_at + longer
      -- What it was, it stays: so it is no cancelled appointment, and nobody's list has it.
      when 'appointment.released' then one.hold_expires_at
    end,
    null::timestamptz
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = of_appointment;
end;
