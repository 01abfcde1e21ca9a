-- Who and what at a location could meet each need of a visit type, whether free or not. Two rows of one doctor are two
-- candidates that claim the same resource.
create or replace function candidates_for_needs(of_visit_type bigint, at_location bigint) returns table (
  need_id bigint, resource_id bigint, doctor_id bigint, sort_order smallint
)
language sql
stable
begin atomic
  select need.id, resource.id, null::bigint, resource.sort_order
  from visit_type_needs need
  join resources resource on resource.type = need.type and resource.kind = any (need.kinds)
  where need.visit_type_id = of_visit_type
  and resource.location_id = at_location
  and resource.is_active
  union all
  select need.id, doctor.resource_id, doctor.id, 0::smallint
  from visit_type_needs need
  join doctors doctor
    on doctor.role = need.role
    and (need.specialty is null or doctor.specialty = need.specialty)
  join doctor_locations work on work.doctor_id = doctor.id and work.location_id = at_location
  where need.visit_type_id = of_visit_type
  and doctor.is_active;
end;
