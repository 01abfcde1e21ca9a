-- The appointments of a doctor that lie ahead and outside their weekly hours. `on_purpose` are those that the front desk
-- booked with a reason.
create or replace function stranded_by_hours(of_doctor bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz, on_purpose boolean)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at, one.override_reason is not null
  from appointments_of_doctor(of_doctor, tstzrange(as_of, null), as_of) one
  join doctors doctor on doctor.id = one.doctor_id
  cross join lateral (
    select coalesce((
      -- Who meets a need must be there for the minutes around it, too.
      select claim.during
      from claims claim
      where claim.appointment_id = coalesce(one.session_id, one.id)
      and claim.doctor_id = of_doctor
      and claim.need_id is not null
    ), tstzrange(one.start_at, one.end_at)) as during
    offset 0
  ) asked
  cross join lateral hours_of_doctor(of_doctor, coalesce(one.location_id, doctor.location_id), asked.during) hours
  where one.end_at > as_of
  and not hours.during @> asked.during;
end;
