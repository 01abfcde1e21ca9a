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
