-- Every appointment has a location. Checking all would lock the table, so that is done afterwards, outside a transaction; the
-- trigger fills in what the previous release leaves out.
--
-- afterwards: update appointments one set location_id = doctor.location_id from doctors doctor where one.location_id is null and doctor.id = one.doctor_id
-- afterwards: alter table appointments validate constraint appointments_are_somewhere
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
--> statement-breakpoint
create trigger appointments_are_located
before insert or update on appointments
for each row
when (new.location_id is null)
execute function fill_location();
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_are_somewhere" CHECK ("appointments"."location_id" is not null) not valid;
