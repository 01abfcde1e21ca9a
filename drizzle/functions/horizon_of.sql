-- From this instant on a doctor is not booked without a reason: after the horizon of the visit type or, without one, the
-- longest horizon of what the doctor offers; after a year when they offer nothing.
create or replace function horizon_of(of_doctor bigint, of_visit_type bigint, as_of timestamptz) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select
    ((as_of at time zone location.time_zone)::date + 1 + coalesce(
      (
        select visit.horizon_days
        from visit_types visit
        where visit.id = of_visit_type
      ),
      (
        select max(visit.horizon_days)
        from doctor_visit_types offer
        join visit_types visit on visit.id = offer.visit_type_id
        where offer.doctor_id = of_doctor
      ),
      365::smallint
    ))::timestamp at time zone location.time_zone
  from doctors doctor
  join locations location on location.id = doctor.location_id
  where doctor.id = of_doctor;
end;
