-- Appointments as the day view shows them, with the facts that its badges say: of each property a list, because a thousand
-- objects take longer. They come in no order. Times are minutes since 1970.
create or replace function describe_on_day(ids bigint[], as_of timestamptz) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select row_to_json(lists)
  from (
    select
      array_agg(one.id) as id, array_agg(one.event_count) as version, array_agg(one.status) as status,
      array_agg(epoch_minutes(one.start_at)) as start, array_agg(epoch_minutes(one.end_at)) as end,
      array_agg(one.doctor_id) as doctor_id, array_agg(one.patient_id) as patient_id, array_agg(patient.name) as patient,
      array_agg(visit.name) as visit_type,
      array_agg(epoch_minutes(one.arrived_at)) as arrived, array_agg(epoch_minutes(one.started_at)) as started,
      array_agg(epoch_minutes(one.hold_expires_at)) as hold_expires, array_agg(one.awaits_approval) as awaits_approval,
      array_agg(one.capacity) as capacity, array_agg(one.session_id) as session_id, array_agg(one.series_id) as series_id,
      array_agg(case when one.capacity is null then 0 else places_taken(one.id, as_of) end) as places_taken,
      array_agg(one.note is not null) as has_note, array_agg(one.override_reason) as override_reason,
      array_agg(why.reason) as off_because,
      array_agg(response.appointment_id is not null) as is_confirmed,
      array_agg(before.kept) as kept, array_agg(before.missed) as missed, array_agg(flags.named) as flags,
      array_agg(walk_in.number) as walk_in_number,
      array_agg(taken.rooms) as rooms, array_agg(taken.colleagues) as colleagues,
      array_agg(case when one.status = 'booked' and one.start_at < as_of then patient.phone end) as phone,
      array_agg(last.marked) as marked, array_agg(last.marked_by) as marked_by, array_agg(last.told) as told
    from appointments one
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response
      on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.start_at = one.start_at
    left join lateral (
      select event.reason
      from events event
      where event.appointment_id = case when one.status = 'cancelled' then one.id end
      and event.kind in ('appointment.cancelled', 'appointment.declined')
      order by event.number desc
      limit 1
    ) why on true
    left join walk_ins walk_in on walk_in.appointment_id = one.id
    left join lateral attendance_before(one.patient_id, one.start_at) before on true
    left join lateral (
      select coalesce(json_agg(flag.flag order by flag.flag), '[]') as named
      from patient_flags flag
      where flag.patient_id = one.patient_id
    ) flags on true
    left join lateral (
      select
        coalesce(json_agg(claim.resource_id) filter (where claim.part = 'room'), '[]') as rooms,
        coalesce(json_agg(claim.doctor_id) filter (where claim.part = 'colleague'), '[]') as colleagues
      from claims claim
      where claim.appointment_id = coalesce(one.session_id, one.id)
      and claim.part in ('room', 'colleague')
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
      where event.appointment_id = case when one.status in ('noshow', 'cancelled') then one.id end
      and event.number = one.event_count
    ) last on true
    where one.id = any (ids)
  ) lists;
end;
--> statement-breakpoint
-- Whom the front desk has before them: how to reach them, what it must know, for whom they act, and their appointments beside
-- the one that is given, as far as they are the actor's business.
create or replace function patient_card(of_patient bigint, beside bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  other as materialized (
    select one.id, one.status, one.start_at, one.doctor_id, one.location_id, one.visit_type_id, one.override_reason
    from appointments one
    where one.patient_id = of_patient
    and one.id <> beside
    and (one.hold_expires_at is null or one.awaits_approval)
    and is_in_reach(location_of(one), acting)
    order by one.start_at desc
    limit 100
  ),
  shown as (
    (select * from other where start_at >= acting.as_of order by start_at limit 3)
    union all
    (select * from other where start_at < acting.as_of order by start_at desc limit 3)
  )
  select jsonb_build_object(
    'id', patient.id,
    'name', patient.name,
    'called_name', patient.called_name,
    'birth_date', patient.birth_date,
    'age', extract(year from age(acting.as_of::date, patient.birth_date))::integer,
    'record_number', (
      select min(value) from patient_identifiers where patient_id = patient.id and issuer = 'record'
    ),
    'phone', patient.phone,
    'email', patient.contact_email,
    'languages', to_jsonb(patient.languages),
    'preferred_channel', patient.preferred_channel,
    'note', patient.desk_note,
    'is_deceased', patient.is_deceased,
    'flags', (
      select coalesce(jsonb_agg(flag order by flag), '[]') from patient_flags where patient_id = patient.id
    ),
    'dependants', (
      select coalesce(jsonb_agg(distinct jsonb_build_object(
        'id', other_person.id, 'name', other_person.name, 'birth_date', other_person.birth_date
      )), '[]')
      from account_patients own
      join account_patients link on link.account_id = own.account_id and link.patient_id <> own.patient_id
      join patients other_person on other_person.id = link.patient_id
      where own.patient_id = of_patient
      and own.relation = 'self'
      and link_is_in_force(link.ends_on, acting.as_of)
    ),
    'appointments', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', shown.id,
        'status', shown.status,
        'start_local', to_char(shown.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
        'is_past', shown.start_at < acting.as_of,
        'doctor', doctor.name,
        'visit_type', visit.name,
        'override_reason', shown.override_reason,
        'off_because', case when shown.status = 'cancelled' then (
          select event.reason
          from events event
          where event.appointment_id = shown.id
          and event.kind in ('appointment.cancelled', 'appointment.declined')
          order by event.number desc
          limit 1
        ) end
      ) order by shown.start_at desc), '[]')
      from shown
      join doctors doctor on doctor.id = shown.doctor_id
      join locations place on place.id = coalesce(shown.location_id, doctor.location_id)
      left join visit_types visit on visit.id = shown.visit_type_id
    ),
    'appointment_count', (select count(*) from other),
    'kept', (select count(*) from (
      select status from other where start_at < acting.as_of and status in ('fulfilled', 'noshow') limit 5
    ) lately),
    'missed', (select count(*) from (
      select status from other where start_at < acting.as_of and status in ('fulfilled', 'noshow') limit 5
    ) lately where status = 'noshow'),
    'identity', (
      select jsonb_build_object('at', in_utc(event.at), 'name', nullif(account.name, ''), 'checked', event.after -> 'checked')
      from patient_events event
      left join accounts account on account.id = event.account_id
      where event.patient_id = of_patient
      and event.kind = 'patient.identity_confirmed'
      order by event.id desc
      limit 1
    )
  )
  from patients patient
  where patient.id = of_patient;
end;
