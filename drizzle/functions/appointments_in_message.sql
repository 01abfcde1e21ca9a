-- The appointments that a message is about, as it tells them, by start; with what makes telling them pointless now, or null.
-- A reminder tells what is true now, to those whose appointment it is now; anything else what the events say that it was sent
-- for.
create or replace function appointments_in_message(message messages, as_of timestamptz) returns table (
  told jsonb, start_at timestamptz, pointless text, waits_until timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    occasion_in(facts.told) || jsonb_build_object(
      'id', one.id,
      'version', case when message.kind = 'reminder' then one.event_count else about.to_event end,
      'patient', case when patient.id is not null then jsonb_build_object(
        'id', patient.id, 'name', patient.name, 'called_name', patient.called_name
      ) end,
      'before', case
        when message.kind in ('moved', 'staff_moved')
        or message.kind = 'cancelled' and first.before ->> 'status' in ('booked', 'arrived') then occasion_in(
          as_corrected(first.before, one.id, about.from_event - 1)
        )
      end,
      'changed_by', case
        when last.actor_kind = 'patient' then 'patient'
        when last.actor_kind = 'system' then 'clock'
        else 'clinic'
      end,
      'reason', case when message.kind = 'declined' then last.reason end,
      'visit_type', case when visit.id is not null then jsonb_build_object(
        'name', visit.name, 'mode', visit.mode, 'bring', visit.bring, 'preparation', visit.preparation
      ) end,
      'room_names', (
        select coalesce(jsonb_agg(thing ->> 'name'), '[]')
        from jsonb_array_elements(things_of(coalesce(one.session_id, one.id))) thing
        where thing ->> 'type' = 'room'
      )
    ),
    facts.start_at,
    case
      when visit.is_silent then 'silent_visit_type'
      when overtaken.is_so then 'overtaken'
      when message.kind = 'reminder' and (
        one.status <> 'booked'
        or not theirs.is_so
        or not starts_with(
          message.cause,
          'reminder:' || message.days_before || ':' || (one.start_at at time zone location.time_zone)::date
        )
      ) then 'changed'
      when message.kind in ('booked', 'moved', 'staff_booked', 'staff_moved') and one.status <> 'booked' then 'changed'
      when message.kind in ('requested', 'approval_requested') and one.status <> 'pending' then 'changed'
      when message.kind = 'missed' and one.status <> 'noshow' then 'changed'
      when message.kind <> 'missed' and facts.start_at <= as_of then 'too_late'
    end,
    -- Whether it is still true is not known before what came after it is ready.
    case when message.kind in ('booked', 'moved', 'requested', 'reminder') then pending.until end
  from message_appointments about
  join appointments one on one.id = about.appointment_id
  left join events first on first.appointment_id = one.id and first.number = about.from_event
  left join events last on last.appointment_id = one.id and last.number = about.to_event
  cross join lateral (
    select told, (told ->> 'start_at')::timestamptz as start_at
    from (
      select case
        when message.kind = 'reminder' then facts_of(one)
        else as_corrected(last.after, one.id, about.to_event)
      end as told
      offset 0
    ) now_known
  ) facts
  join locations location on location.id = one.location_id
  left join patients patient on patient.id = (facts.told ->> 'patient_id')::bigint
  left join visit_types visit on visit.id = (facts.told ->> 'visit_type_id')::bigint
  cross join lateral (
    select exists (
      select from message_appointments later
      join messages other on other.id = later.message_id
      where later.appointment_id = one.id
      and other.recipient = message.recipient
      and other.kind <> 'reminder'
      and case
        -- It would remind of what was told within twelve hours.
        when message.kind = 'reminder'
          then other.kind in ('booked', 'moved')
          and (other.state = 'sending' or other.sent_at > as_of - interval '12 hours')
        else later.to_event > about.to_event
      end
    ) as is_so
  ) overtaken
  cross join lateral (
    select message.kind <> 'reminder' or exists (
      select from unnest(patients_in(people_in_facts(one.id) || jsonb_build_object('patient_id', one.patient_id))) person (id)
      cross join lateral recipients_of(person.id, null, as_of) reader
      where reader.recipient = message.recipient
      or case when starts_with(message.recipient, 'patient:') then person.id = (
        select coalesce(record.moved_to_id, record.id)
        from patients record
        where record.id = split_part(message.recipient, ':', 2)::bigint
      ) end
    ) as is_so
  ) theirs
  cross join lateral (select max(outbox.ready_at) as until from outbox where outbox.appointment_id = one.id) pending
  where about.message_id = message.id;
end;
