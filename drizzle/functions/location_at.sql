-- Where a doctor would see a patient at this time: where they work then, or else at the location that is preferred, or else
-- at their first. Those that are closed for good come last.
create or replace function location_at(of_doctor bigint, asked tstzrange, preferred bigint) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select work.location_id
  from doctor_locations work
  join doctors doctor on doctor.id = work.doctor_id
  join locations location on location.id = work.location_id
  where work.doctor_id = of_doctor
  order by
    not location.is_active,
    case when count(*) over () > 1 then not is_open_to_desk(
      of_doctor, work.location_id,
      -- What is longer than an appointment may be is refused later.
      tstzrange(lower(asked), least(upper(asked), lower(asked) + interval '8 hours'))
    ) end,
    coalesce(work.location_id = preferred, false) desc,
    work.location_id = doctor.location_id desc,
    work.location_id
  limit 1;
end;
