-- A walk-in with their place in the queue: how many are ahead and when it is likely their turn, while they wait; otherwise what
-- became of them. Whoever is not the clinic's may see it without the names.
create or replace function describe_walk_in(of_walk_in bigint, as_of timestamptz) returns table (
  id bigint, number integer, state text, ahead integer, expected_local text, expected_doctor_id bigint,
  expected_doctor text, now_local text, came_local text, location_id bigint, location text, visit_type_id bigint,
  visit_type text, doctor_id bigint, doctor text, patient_id bigint, patient text, appointment_id bigint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    one.id, one.number,
    case
      when one.day <> (as_of at time zone location.time_zone)::date then 'over'
      when one.left_at is not null then 'left'
      when walk_in_waits(one) then 'waiting'
      else 'booked'
    end,
    waiting.ahead,
    case
      when waiting.number is not null then waiting.expected_local
      else to_char(appointment.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
    end,
    coalesce(waiting.expected_doctor_id, appointment.doctor_id),
    coalesce(waiting.expected_doctor, other.name),
    to_char(as_of at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char(one.came_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    location.id, location.name, visit.id, visit.name, doctor.id, doctor.name, patient.id, patient.name,
    appointment.id
  from walk_ins one
  join locations location on location.id = one.location_id
  join visit_types visit on visit.id = one.visit_type_id
  join patients patient on patient.id = one.patient_id
  left join doctors doctor on doctor.id = one.doctor_id
  left join appointments appointment on appointment.id = one.appointment_id and not walk_in_waits(one)
  left join doctors other on other.id = appointment.doctor_id
  left join waiting_walk_ins(one.location_id, as_of) waiting on waiting.id = one.id
  where one.id = of_walk_in;
end;
