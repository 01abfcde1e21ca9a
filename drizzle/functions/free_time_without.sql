-- `free_time` as if the rules named in `left_out` did not exist: `appointments` of the doctor, `buffers`, theirs and the new one's,
-- `travel`, and those of open time.
create or replace function free_time_without(
  of_doctor bigint, at_location bigint, within tstzrange, buffer_before interval, buffer_after interval,
  as_of timestamptz, except_for bigint, left_out text[]
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select case when isempty(open_time.during) then open_time.during else open_time.during - (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(case
      when left_out is null or 'buffers' <> all (left_out) then tstzrange(
        lower(claim.during) - buffer_after - way.lasting, upper(claim.during) + buffer_before + way.lasting
      )
      else (
        -- Looked up, because an index has the rest.
        select tstzrange(
          lower(claim.during) + own.before_minutes * interval '1 minute' - way.lasting,
          upper(claim.during) - own.after_minutes * interval '1 minute' + way.lasting
        )
        from claims own
        where own.appointment_id = claim.appointment_id
        and own.resource_id = claim.resource_id
      )
    end), '{}')
    from (select longest from travel_from(at_location) offset 0) travel
    join claims claim
      on claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && tstzrange(
        lower(within) - buffer_before - travel.longest, upper(within) + buffer_after + travel.longest
      )
    cross join lateral (
      select coalesce(
        -- Nothing is looked up for claims at the same location.
        case when claim.location_id <> at_location and (left_out is null or 'travel' <> all (left_out)) then (
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
    and (left_out is null or 'appointments' <> all (left_out))
  ) end
  from open_time_without(of_doctor, at_location, within, left_out) open_time
  offset 0;
end;
