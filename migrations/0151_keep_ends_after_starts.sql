-- The rules for moving an appointment to another time, possibly to another doctor. With another visit type
-- (`judge_visit_type`) it keeps its doctor and its start, and gets that type's length, buffers and needs.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor; beyond the horizon and outside the
--   hours with a reason. With another length it loses its visit type.
-- * Everyone else who takes part comes along, or it stays where it is. What meets a need stays the same if it is free.
-- * A request is moved as if it were booked, until its deadline, and at any notice. It stays a request.
-- Unless a location is named, it goes where the doctor works then; one that keeps its time keeps its place.
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, doctor.resource_id as new_resource_id,
      doctor.is_active as is_in_use, read.start_at as new_start_at, read.end_at as new_end_at,
      coalesce(wanted.visit_type_id, one.visit_type_id) as asked_type_id, kept.visit_type_id as new_visit_type_id,
      -- Without a visit type there are no buffers, unless it never had one.
      case when visit.id is null then one.buffer_before_minutes else coalesce(kept.buffer_before_minutes, 0::smallint)
        end as new_buffer_before,
      case when visit.id is null then one.buffer_after_minutes else coalesce(kept.buffer_after_minutes, 0::smallint)
        end as new_buffer_after,
      visit.lasting, location.time_zone,
      coalesce((
        select former.cancellation_notice_minutes * interval '1 minute'
        from visit_types former
        where former.id = one.visit_type_id
      ), interval '0') as notice
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor
      on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
      and (wanted.location_id is null or exists (
        select from doctor_locations work
        where work.doctor_id = doctor.id
        and work.location_id = wanted.location_id
      ))
    -- All locations of a doctor have the same clock.
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.id, kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting
      from visit_types kind
      where kind.id = coalesce(wanted.visit_type_id, one.visit_type_id)
    ) visit on true
    cross join lateral (select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at) asked
    cross join lateral (
      select
        asked.start_at,
        coalesce(
          instant_at(change.ends, location.time_zone),
          asked.start_at + case
            when acting.by_desk and wanted.visit_type_id is null then usual.length
            else coalesce(visit.lasting, usual.length)
          end
        ) as end_at
    ) read
    -- Another length is no visit type's.
    left join lateral (
      select
        coalesce(wanted.visit_type_id, one.visit_type_id) as visit_type_id, visit.buffer_before_minutes,
        visit.buffer_after_minutes
      where read.end_at - read.start_at in (usual.length, visit.lasting)
    ) kept on true
    where one.id = wanted.id
  ),
  placed as (
    select asked.*, (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) as keeps_time, case
      when wanted.location_id is not null then wanted.location_id
      when (new_doctor_id, new_start_at) = (doctor_id, start_at) and location_id is not null
      and (new_end_at = end_at or wanted.visit_type_id is not null) then location_id
      else location_at(new_doctor_id, tstzrange(new_start_at, greatest(new_start_at, new_end_at)), location_id)
    end as new_location_id
    from asked
  ),
  judged as (
    select placed.*, moved.appointment as moved_row, others.claims as others, coalesce(case
      when not (status = 'booked' or awaits_approval and hold_expires_at > acting.as_of) then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when exists (
        select from unnest(change.resource_ids) named (id)
        where not exists (
          select from resources thing
          where thing.id = named.id
          and thing.location_id = new_location_id
          and thing.is_active
        )
      ) then 'no_resource'
      when exists (select from unnest(others.claims) other where other.resource_id = new_resource_id) then 'colleague_twice'
      when keeps_time
      and visit_type_id is not distinct from asked_type_id
      and change.resource_ids is null
      and new_location_id = coalesce(location_id, new_location_id) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and not awaits_approval and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk
      and not (is_in_use and exists (select from locations where id = new_location_id and is_active)) then 'not_offered'
      when acting.by_desk and new_doctor_id <> doctor_id and new_visit_type_id is not null
      and not exists (select from visit_terms(new_doctor_id, new_location_id, new_visit_type_id, true, acting.as_of))
        then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and new_start_at >= horizon_of(new_doctor_id, new_visit_type_id, acting.as_of) then 'beyond_horizon'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_to_desk(new_doctor_id, new_location_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and (
        is_claimed(
          new_resource_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
        or is_on_the_way(
          new_resource_id, new_location_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, null, asked_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(
          judge_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id), 'slot_taken'
        )
      when is_claimed(
        resource_of_patient(placed.patient_id), tstzrange(new_start_at, new_end_at), acting.as_of, placed.id
      ) then 'patient_busy'
    end, judge_attendance(
      others.claims, wanted.override_reason is null, acting.as_of, placed.id
    ) ->> 'verdict', case
      when exists (select from visit_type_needs where visit_type_id = placed.new_visit_type_id)
      and pick_claims(moved.appointment, others.claims, wanted.override_reason is not null, acting.as_of) is null
        then case when acting.by_desk then 'resource_taken' else 'slot_taken' end
    end) as verdict
    from placed
    cross join lateral (
      select wanted_at(
        jsonb_populate_record(one, jsonb_build_object('visit_type_id', new_visit_type_id)),
        new_doctor_id, new_location_id, new_start_at, greatest(new_start_at, new_end_at), new_buffer_before,
        new_buffer_after
      ) as appointment
      from appointments one
      where one.id = placed.id
    ) moved
    cross join lateral (
      select array(
        select claim from claims_to_keep(moved.appointment, change) claim
      ) as claims
    ) others
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in (
        'slot_taken', 'patient_busy', 'resource_taken', 'outside_hours', 'off_grid', 'short_notice'
      ) then null
      when acting.by_desk then next_gap_around(
        wanted_at(
          moved_row, new_doctor_id, wanted.location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
        ),
        blocked.during, rest_of_day, acting.as_of
      )
      else next_slot_around(
        new_doctor_id, wanted.location_id, asked_type_id, blocked.during, rest_of_day, acting.as_of, id
      )
    end,
    new_visit_type_id, new_location_id
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late
  cross join lateral (
    select blocked_time(
      array(select claim from claims_of(moved_row) claim where claim.part = 'patient') || others,
      rest_of_day, acting.as_of, id
    ) as during
  ) blocked;
end;
