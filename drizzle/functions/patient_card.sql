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
