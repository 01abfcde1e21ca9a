-- These locations and all that must have the same time zone as one of them: a doctor works at both, or there is a chain of
-- such locations between them.
create or replace function locations_on_one_clock(of_locations bigint[]) returns table (id bigint)
language sql
stable
begin atomic
  with recursive place as (
    select unnest(of_locations) as id
    union
    select other.location_id
    from place
    join doctor_locations work on work.location_id = place.id
    join doctor_locations other on other.doctor_id = work.doctor_id
  )
  select place.id from place;
end;
