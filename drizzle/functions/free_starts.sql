-- Every start that a doctor offers for a visit type on these local dates, both included, at one of their locations or any;
-- no row for an unknown doctor. The lists hold minutes since 1970: the starts, and starts and ends on the wall clock.
-- Written as dates they would take four times as long. `places` has the location of each start, unless there is only one.
--
-- `except_for` is the appointment that is being moved: what it occupies counts as free.
create or replace function free_starts(
  of_doctor bigint, at_location bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean,
  as_of timestamptz, except_for bigint
) returns table (
  doctor text, locations json, time_zone text,
  visit_type_is_known boolean, is_offered boolean, visit_minutes smallint,
  starts json, local_starts json, local_ends json, places json
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, work.places, location.time_zone,
    visit.is_active is true and (visit.bookable_online or by_desk),
    doctor.is_active and (doctor.is_listed or by_desk) and work.is_in_use and exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ) and not visit_type_is_group(of_visit_type),
    visit.minutes, slots.starts, slots.local_starts, slots.local_ends, slots.places
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral (
    select
      json_agg(json_build_object('id', place.id, 'name', place.name) order by place.id) as places, count(*) as number,
      bool_or(place.is_active and (place.is_listed or by_desk)) as is_in_use
    from doctor_locations pair
    join locations place on place.id = pair.location_id
    where pair.doctor_id = of_doctor
    offset 0
  ) work
  left join visit_types visit on visit.id = of_visit_type
  cross join lateral (
    select
      json_agg((date_part('epoch', slot.start_at) / 60)::integer order by slot.start_at) as starts,
      json_agg(
        (date_part('epoch', slot.start_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_starts,
      json_agg(
        (date_part('epoch', slot.end_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_ends,
      json_agg(slot.location_id order by slot.start_at) filter (where work.number > 1) as places
    from open_slots(
      of_doctor, at_location, of_visit_type,
      tstzrange(
        first_date::timestamp at time zone location.time_zone,
        (last_date + 1)::timestamp at time zone location.time_zone
      ),
      by_desk, as_of, except_for
    ) slot
  ) slots
  where doctor.id = of_doctor;
end;
