-- Of each room at these locations: the minutes of a week in which it can be used, and how many of these appointments took,
-- as `doctors_in_week` counts them. With a doctor, only theirs.
--
-- Rooms without hours of their own can always be used: then it is when any doctor at the location sees patients.
create or replace function rooms_in_week(monday date, place_ids bigint[], of_doctor bigint) returns table (
  resource_id bigint, open_minutes integer, taken_minutes integer
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  place as (
    select location.id, tstzrange(
      monday::timestamp at time zone location.time_zone, (monday + 7)::timestamp at time zone location.time_zone
    ) as during
    from locations location
    where location.id = any (place_ids)
  ),
  staffed as (
    select place.id, coalesce(range_agg(piece), '{}') as during
    from place
    join doctor_locations work on work.location_id = place.id
    cross join lateral open_time(work.doctor_id, place.id, place.during) open
    cross join lateral unnest(open.during) piece
    group by place.id
  ),
  taken as (
    select claim.resource_id, range_agg(tstzrange(one.start_at, one.end_at)) as during
    from agreed_in_week(monday, place_ids, of_doctor) one
    join claims claim on claim.appointment_id = one.id and claim.part = 'room'
    where one.session_id is null
    and one.status <> 'cancelled'
    group by claim.resource_id
  )
  select
    room.id, minutes_in(usable.during), minutes_in(usable.during * coalesce(taken.during, '{}'))
  from place
  join resources room on room.location_id = place.id and room.type = 'room'
  cross join lateral open_time_of_resource(room.id, place.during) open
  left join staffed on staffed.id = place.id
  cross join lateral (
    select open.during * case
      when exists (select from resource_hours hours where hours.resource_id = room.id) then '{(,)}'
      else coalesce(staffed.during, '{}')
    end as during
  ) usable
  left join taken on taken.resource_id = room.id;
end;
