-- Whether `open_slots` offers a start. Like the other functions with a plan of their own, it is planned once per session:
-- planning takes ten times as long as the answer.
create or replace function is_open_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, wanted timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns boolean
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
begin
  -- Most visit types need nothing but their doctor, and do not pay for the rest.
  if at_location is null or exists (select from visit_type_needs where visit_type_id = of_visit_type) then
    return exists (
      select
      from open_slots(
        of_doctor, at_location, of_visit_type, tstzrange(wanted, wanted, '[]'), by_desk, as_of, except_for
      )
    );
  end if;
  return exists (
    select
    from doctor_slots(
      of_doctor, at_location, of_visit_type, tstzrange(wanted, wanted, '[]'), by_desk, as_of, except_for
    )
  );
end
$$;
