-- Whether the front desk may book the whole of a time with a doctor at a location without a reason: as `is_open_time`, and also
-- while the doctor is kept in reserve.
create or replace function is_open_to_desk(of_doctor bigint, at_location bigint, asked tstzrange) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when is_open_time(of_doctor, at_location, asked) then true
    else exists (
      select
      from doctors doctor
      join locations location on location.id = at_location
      cross join lateral hours_of_doctor(of_doctor, at_location, asked) hours
      where doctor.id = of_doctor
      and doctor.is_active
      and location.is_active
      and hours.during @> asked
      and not exists (
        select
        from (
          select starts_at, ends_at
          from time_off
          where doctor_id = of_doctor
          and kind <> 'reserve'
          and (location_id is null or location_id = at_location)
          and ends_at > (lower(asked) at time zone location.time_zone) - interval '1 day'
          union all
          select starts_at, ends_at
          from closures
          where location_id = at_location
          and ends_at > (lower(asked) at time zone location.time_zone) - interval '1 day'
        ) absence
        where asked && tstzrange(
          absence.starts_at at time zone location.time_zone,
          greatest(
            absence.starts_at at time zone location.time_zone, absence.ends_at at time zone location.time_zone
          )
        )
      )
    )
  end;
end;
