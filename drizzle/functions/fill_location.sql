-- Trigger: an appointment that names no location takes place at its doctor's first one, as all did before doctors worked at
-- several. The previous release and raw SQL name none.
create or replace function fill_location() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  new.location_id := (select location_id from doctors where id = new.doctor_id);
  return new;
end
$$;
