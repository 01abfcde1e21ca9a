-- The weekly hours of a doctor at a location inside the window, whether they are away or not. Clock times are read as in
-- `open_time`.
create or replace function hours_of_doctor(of_doctor bigint, at_location bigint, within tstzrange)
returns table (during tstzmultirange)
language sql
stable
begin atomic
  select coalesce(range_agg(tstzrange(opens_at, closes_at)), '{}') * tstzmultirange(within)
  from (
    select
      (clock.first_date + day + hours.opens_at) at time zone clock.time_zone as opens_at,
      (clock.first_date + day + hours.closes_at) at time zone clock.time_zone as closes_at
    from (
      select
        doctor.location_id as first_location_id,
        location.time_zone,
        (lower(within) at time zone location.time_zone)::date - 1 as first_date,
        (upper(within) at time zone location.time_zone)::date as last_date
      from doctors doctor
      cross join locations location
      where doctor.id = of_doctor
      and location.id = at_location
      offset 0
    ) clock
    cross join generate_series(0, clock.last_date - clock.first_date) as day
    join weekly_hours hours
      on hours.doctor_id = of_doctor
      and coalesce(hours.location_id, clock.first_location_id) = at_location
      and hours.weekday = extract(isodow from clock.first_date + day)
      and clock.first_date + day >= coalesce(hours.starts_on, '-infinity')
      and clock.first_date + day <= coalesce(hours.ends_on, 'infinity')
  ) opening
  where opens_at < closes_at;
end;
--> statement-breakpoint
-- The weekly hours of a room or device inside the window, or all of it when there are none. Clock times are read as in
-- `open_time`.
create or replace function hours_of_resource(of_resource bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select case
    when exists (select from resource_hours where resource_id = of_resource) then (
      select coalesce(range_agg(tstzrange(opens_at, closes_at)), '{}')
      from (
        select
          (clock.first_date + day + hours.opens_at) at time zone clock.time_zone as opens_at,
          (clock.first_date + day + hours.closes_at) at time zone clock.time_zone as closes_at
        from (
          select
            location.time_zone,
            -- The evening before, too: a gap around midnight pushes its end into this date.
            (lower(within) at time zone location.time_zone)::date - 1 as first_date,
            (upper(within) at time zone location.time_zone)::date as last_date
          from resources resource
          join locations location on location.id = resource.location_id
          where resource.id = of_resource
          offset 0
        ) clock
        cross join generate_series(0, clock.last_date - clock.first_date) as day
        join resource_hours hours
          on hours.resource_id = of_resource
          and hours.weekday = extract(isodow from clock.first_date + day)
      ) opening
      where opens_at < closes_at
    )
    else '{(,)}'
  end * tstzmultirange(within)
  offset 0;
end;
--> statement-breakpoint
-- When a room or device can be used inside the window: its hours, or always when it has none, without its absences and the
-- closures of its location, whether it is taken or not. No row once it, or its location, is no longer in use. Clock times
-- are read as in `open_time`.
create or replace function open_time_of_resource(of_resource bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      resource.location_id,
      location.time_zone,
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from resources resource
    join locations location on location.id = resource.location_id
    where resource.id = of_resource
    and resource.is_active
    and location.is_active
    offset 0
  ) clock
  cross join lateral hours_of_resource(of_resource, within) hours
  cross join lateral (
    select coalesce(range_agg(tstzrange(leaves_at, returns_at)), '{}') as during
    from (
      select starts_at at time zone clock.time_zone as leaves_at, ends_at at time zone clock.time_zone as returns_at
      from resource_absences
      where resource_id = of_resource
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = clock.location_id
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;
--> statement-breakpoint
-- Whether somebody still expects an appointment to take place: it is booked, or they are here, or it is held.
create or replace function still_stands(one appointments, as_of timestamptz) returns boolean
language sql
stable
return one.status in ('booked', 'arrived') or one.status = 'pending' and one.hold_expires_at > as_of;
--> statement-breakpoint
-- These appointments and, of the sessions among them, the participants.
create or replace function with_participants(sessions bigint[]) returns table (id bigint)
language sql
stable
begin atomic
  select unnest(sessions)
  union all
  select participant.id
  from appointments participant
  where participant.session_id = any (sessions)
  and participant.status not in ('cancelled', 'noshow');
end;
--> statement-breakpoint
-- The appointments at a location at any of this time that still stand. Whoever closes it asks for them.
create or replace function appointments_at_location(of_location bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  where one.start_at > lower(within) - interval '8 hours'
  and one.start_at < coalesce(upper(within), 'infinity')
  and coalesce(one.location_id, doctor.location_id) = of_location
  and tstzrange(one.start_at, one.end_at) && within
  and still_stands(one, as_of);
end;
--> statement-breakpoint
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
    union
    select with_participants(array(
      select claim.appointment_id
      from claims claim
      where claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && within
      and claim.part = 'colleague'
      and claim.doctor_id = of_doctor
    ))
  ))
  and tstzrange(one.start_at, one.end_at) && within
  and still_stands(one, as_of);
end;
--> statement-breakpoint
-- The appointments at any of this time that take a room or device and that still stand. Whoever puts it out of use asks for
-- them.
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
  and tstzrange(one.start_at, one.end_at) && within
  and still_stands(one, as_of);
end;
--> statement-breakpoint
-- The appointments of a visit type that are still to end and still stand. Whoever withdraws it asks for them.
create or replace function appointments_of_visit_type(of_visit_type bigint, as_of timestamptz) returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.start_at > as_of - interval '8 hours'
  and one.end_at > as_of
  and one.visit_type_id = of_visit_type
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
  cross join lateral hours_of_doctor(
    of_doctor, coalesce(one.location_id, doctor.location_id), tstzrange(one.start_at, one.end_at)
  ) hours
  where not hours.during @> tstzrange(one.start_at, one.end_at);
end;
--> statement-breakpoint
-- The appointments that take a room or device, lie ahead and are outside its hours.
create or replace function stranded_by_resource_hours(of_resource bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at
  from appointments_of_resource(of_resource, tstzrange(as_of, null), as_of) one
  cross join lateral hours_of_resource(of_resource, tstzrange(one.start_at, one.end_at)) hours
  where not hours.during @> tstzrange(one.start_at, one.end_at);
end;
