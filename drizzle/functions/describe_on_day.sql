-- Appointments as the day view shows them, in order of their start, with the facts that its badges say. Times are minutes
-- since 1970; what is null is left out.
create or replace function describe_on_day(ids bigint[], as_of timestamptz) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select coalesce(json_agg(json_strip_nulls(row_to_json(described)) order by described.start, described.id), '[]')
  from (
    select
      one.id, one.event_count as version, one.status,
      epoch_minutes(one.start_at) as start, epoch_minutes(one.end_at) as end,
      one.doctor_id, one.patient_id, patient.name as patient, visit.name as visit_type,
      epoch_minutes(one.arrived_at) as arrived, epoch_minutes(one.started_at) as started,
      epoch_minutes(one.hold_expires_at) as hold_expires, nullif(one.awaits_approval, false) as awaits_approval,
      one.capacity, one.session_id, one.series_id,
      case when one.capacity is not null then places_taken(one.id, as_of) end as places_taken,
      nullif(one.note is not null, false) as has_note,
      nullif(one.override_reason is not null, false) as is_override,
      nullif(response.appointment_id is not null, false) as is_confirmed,
      nullif(before.kept, 0) as kept, nullif(before.missed, 0) as missed,
      flags.named as flags, walk_in.number as walk_in_number,
      taken.rooms, taken.colleagues,
      case when one.status = 'booked' and one.start_at < as_of then patient.phone end as phone,
      last.marked, last.marked_by, last.told
    from unnest(ids) asked (id)
    join appointments one on one.id = asked.id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response
      on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.start_at = one.start_at
    left join walk_ins walk_in on walk_in.appointment_id = one.id
    left join lateral attendance_before(one.patient_id, one.start_at) before on true
    left join lateral (
      select json_agg(flag.flag order by flag.flag) as named
      from patient_flags flag
      where flag.patient_id = one.patient_id
    ) flags on true
    left join lateral (
      select
        json_agg(claim.resource_id) filter (where claim.part = 'room') as rooms,
        json_agg(claim.doctor_id) filter (where claim.part = 'colleague') as colleagues
      from claims claim
      where claim.appointment_id = coalesce(one.session_id, one.id)
    ) taken on true
    -- Who marked it, and until when that can still be undone before the patient is told.
    left join lateral (
      select
        epoch_minutes(event.at) as marked, account.name as marked_by,
        (
          select epoch_minutes(max(waiting.ready_at))
          from outbox waiting
          where waiting.appointment_id = one.id
          and waiting.ready_at > as_of
        ) as told
      from events event
      left join accounts account on account.id = event.account_id
      where event.appointment_id = one.id
      and event.number = one.event_count
      and one.status in ('noshow', 'cancelled')
    ) last on true
  ) described;
end;
