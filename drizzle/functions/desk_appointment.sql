-- What the desk's page of an appointment shows besides the appointment itself and its messages: its history, what may be
-- undone, and the patient's card. Null when there is none, or it is none of the actor's business.
create or replace function desk_appointment(of_appointment bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'specialty', doctor.specialty,
    'now_local', to_char(acting.as_of at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'told_local', (
      select to_char(max(ready_at) at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') from outbox
      where appointment_id = one.id
      and ready_at > acting.as_of
    ),
    'is_today', local_day(one.start_at, location.time_zone) @> acting.as_of,
    'may_change', acting.by_desk or coalesce(one.doctor_id = acting.doctor_id, false),
    'history', history_of(one.id, location.time_zone),
    'walk_in_number', (select number from walk_ins where appointment_id = one.id limit 1),
    'undo', case when (last.event).id is not null then jsonb_build_object(
      'verdict', judge_undo(one, row_before(one, last.event), last.event, null, acting),
      'kind', (last.event).kind,
      'at', in_utc((last.event).at),
      'is_own', coalesce((last.event).account_id = acting.account_id, false),
      'is_fresh', (last.event).at > acting.as_of - settings.grace_seconds * interval '1 second'
    ) end,
    'patient', case when seen.is_own then patient_card(one.patient_id, one.id, acting) end
  )
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = location_of(one)
  join clinic_settings settings on settings.id
  cross join lateral (select last_change(one.id) as event offset 0) last
  cross join lateral (
    select acting.by_desk or coalesce(one.doctor_id = acting.doctor_id, false) or exists (
      select from claims
      where claims.appointment_id = one.id
      and claims.part = 'colleague'
      and claims.doctor_id = acting.doctor_id
    ) as is_own
  ) seen
  where one.id = of_appointment
  and is_in_reach(location.id, acting)
  and (seen.is_own or may_see_day_of(one.doctor_id, acting));
end;
