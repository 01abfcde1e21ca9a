-- The appointments at any of this time that a doctor takes part in, as their doctor or with another one, and that still
-- stand. Whoever takes the doctor away asks for them.
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
--> statement-breakpoint
-- The appointments that take a room or device at any of this time, minutes before and after included, and that still stand.
-- Whoever puts it out of use asks for them.
create or replace function appointments_of_resource(of_resource bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.id = any (array(select with_participants(array(
    select claim.appointment_id
    from claims claim
    where claim.resource_id = of_resource
    and claim.during && within
  ))))
  and still_stands(one, as_of);
end;
--> statement-breakpoint
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
--> statement-breakpoint
-- The appointments that take a room or device, lie ahead and are outside its hours: with the minutes before and after, which
-- must be inside them, too.
create or replace function stranded_by_resource_hours(of_resource bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at
  from appointments_of_resource(of_resource, tstzrange(as_of, null), as_of) one
  join claims claim
    on claim.appointment_id = coalesce(one.session_id, one.id)
    and claim.resource_id = of_resource
  cross join lateral hours_of_resource(of_resource, claim.during) hours
  where one.end_at > as_of
  and not hours.during @> claim.during;
end;
