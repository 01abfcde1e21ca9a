-- The appointments at any of this time that a doctor takes part in, as their doctor or with another one, and that still
-- stand. Used when the doctor is taken away from them.
create or replace function appointments_of_doctor(of_doctor bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.id = any (array(
    select own.id
    from appointments own
    where own.doctor_id = of_doctor
    -- No appointment is longer than eight hours.
    and own.start_at > lower(within) - interval '8 hours'
    and own.start_at < coalesce(upper(within), 'infinity')
    and tstzrange(own.start_at, own.end_at) && within
    union
    select with_participants(array(
      select claim.appointment_id
      from claims claim
      where claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && within
      and claim.part = 'colleague'
      and claim.doctor_id = of_doctor
      -- Who meets a need must be there for the minutes around it, too. Buffers may lie outside the hours.
      and (claim.need_id is not null or within && tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      ))
    ))
  ))
  and still_stands(one, as_of);
end;
