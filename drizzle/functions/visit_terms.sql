-- The terms on which a doctor offers a visit type: a row for each of their locations, or for one when it is given; none when
-- they do not offer it, or one of the three is no longer in use, or hidden from patients. Starts lie in [earliest, latest).
-- For the front desk only the length, the buffers, the grid and the horizon count: beyond it, a booking needs a reason.
create or replace function visit_terms(
  of_doctor bigint, at_location bigint, of_visit_type bigint, by_desk boolean, as_of timestamptz
) returns table (
  location_id bigint, time_zone text, grid interval, lasting interval, buffer_before interval, buffer_after interval,
  daily_cap smallint, earliest timestamptz, latest timestamptz
)
language sql
stable
begin atomic
  select
    location.id,
    location.time_zone,
    doctor.grid_minutes * interval '1 minute',
    visit.minutes * interval '1 minute',
    visit.buffer_before_minutes * interval '1 minute',
    visit.buffer_after_minutes * interval '1 minute',
    case when not by_desk then visit.daily_cap end,
    case when by_desk then as_of else as_of + visit.notice_minutes * interval '1 minute' end,
    ((as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp at time zone location.time_zone
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  join doctor_locations work on work.doctor_id = doctor.id and (at_location is null or work.location_id = at_location)
  join locations location on location.id = work.location_id
  where offer.doctor_id = of_doctor
  and offer.visit_type_id = of_visit_type
  and (visit.bookable_online and doctor.is_listed and location.is_listed or by_desk)
  and visit.is_active
  and doctor.is_active
  and location.is_active
  offset 0;
end;
