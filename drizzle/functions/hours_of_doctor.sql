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
