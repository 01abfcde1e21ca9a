-- The rules for every change that keeps the time and the people: cancel, check in, start, complete, mark as a no-show, undo
-- these, leave a note, extend or release a hold.
create or replace function judge_change(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = wanted.status and one.status <> all (change.from_statuses) then 'already'
      when one.status = 'arrived' and change.event = 'appointment.started' and one.started_at is not null then 'already'
      when one.status = 'arrived' and change.event = 'appointment.start_undone' and one.started_at is null then 'already'
      when change.event = 'appointment.noted' and one.note is not distinct from wanted.note then 'already'
      when one.capacity = wanted.capacity then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      -- Those who take part arrive or miss it, each for themselves.
      when one.capacity is not null
      and change.event <> all (array['appointment.cancelled', 'appointment.resized', 'appointment.noted']) then 'wrong_status'
      -- Not every hold is a request, and no request is a hold.
      when one.status = 'pending' and one.awaits_approval <> (change.event = any (array[
        'appointment.cancelled', 'appointment.confirmed', 'appointment.declined', 'appointment.noted'
      ])) then 'wrong_status'
      -- A hold that was released is soon forgotten.
      when change.event = 'appointment.noted' and one.hold_expires_at is not null and not one.awaits_approval
        then 'wrong_status'
      -- Once the session is cancelled or moved, nobody can be expected at it again.
      when change.event = 'appointment.reopened' and one.status = 'arrived' and exists (
        select from appointments session
        where session.id = one.session_id
        and (session.status <> 'booked' or session.start_at <> one.start_at)
      ) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and not one.awaits_approval
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= acting.as_of
            then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.start_undone' then case
          when not local_day(one.started_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.missed' then case
          when one.start_at > acting.as_of then 'not_yet'
        end
        when 'appointment.extended' then case
          when one.hold_expires_at <= acting.as_of then 'hold_expired'
          when exists (
            select from events
            where appointment_id = one.id
            and kind = change.event
          ) then 'already_extended'
        end
        when 'appointment.resized' then case
          when wanted.capacity < places_taken(one.id) then 'too_few_places'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            -- Whose it is says nothing about what is being undone.
            and last.number = (
              select max(number) from events
              where appointment_id = one.id
              and kind <> all (array[
                'appointment.reassigned', 'appointment.people_changed', 'appointment.noted',
                'appointment.time_zone_corrected'
              ])
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          when one.status = 'noshow' and one.session_id is not null and wanted.place is null then 'session_full'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then coalesce((
            select case when mine.part in ('patient', 'companion') then 'patient_busy' else 'slot_taken' end
            from claims mine
            where mine.appointment_id = one.id
            and mine.need_id is null
            and (
              is_claimed(
                mine.resource_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
              or mine.location_id is not null and is_on_the_way(
                mine.resource_id, mine.location_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
            )
            order by mine.part = any (array['patient', 'companion'])
            limit 1
          ), case
            when one.session_id is null
            and exists (select from visit_type_needs where visit_type_id = one.visit_type_id) and pick_claims(
              reopened, array(select claim from claims_to_keep(reopened, change) claim), one.override_reason is not null,
              acting.as_of
            ) is null then 'slot_taken'
          end)
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral (select jsonb_populate_record(one, '{"status": "booked"}') as reopened offset 0) again
  where one.id = wanted.id;
end;
--> statement-breakpoint
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
          select claim.* from claims_of(was) claim
          union all
          select claim.* from claims_to_keep(was, change) claim
        ) mine
        where is_claimed(mine.resource_id, mine.during, acting.as_of, one.id)
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
--> statement-breakpoint
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
