-- Where an appointment at a location with these buffers fits inside the window: open time there without the time that is
-- claimed. Each claim brings its own buffers, and one at another location the way from and to it. That of an expired hold
-- counts for nothing, and neither do those of `except_for`, the appointment that is being moved.
create or replace function free_time(
  of_doctor bigint, at_location bigint, within tstzrange, buffer_before interval, buffer_after interval,
  as_of timestamptz, except_for bigint
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select case when isempty(open_time.during) then open_time.during else open_time.during - (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(tstzrange(
      lower(claim.during) - buffer_after - way.lasting, upper(claim.during) + buffer_before + way.lasting
    )), '{}')
    from (select longest from travel_from(at_location) offset 0) travel
    join claims claim
      on claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && tstzrange(
        lower(within) - buffer_before - travel.longest, upper(within) + buffer_after + travel.longest
      )
    cross join lateral (
      select coalesce(
        -- Nothing is looked up for claims at the same location.
        case when claim.location_id <> at_location then (
          select minutes * interval '1 minute'
          from travel_times
          where one_location_id = least(claim.location_id, at_location)
          and other_location_id = greatest(claim.location_id, at_location)
        ) end,
        interval '0'
      ) as lasting
      offset 0
    ) way
    where (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  ) end
  from open_time(of_doctor, at_location, within)
  offset 0;
end;
