-- Up to three times near the one that was wanted at which the appointment can really begin: each is tried and undone.
create or replace function find_alternatives(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  candidate timestamptz;
  begun beginning;
  length interval;
  found_details jsonb := '[]';
begin
  select end_at - start_at into length from read_wish(wanted, wish, acting) limit 1;
  for candidate in select * from nearest_starts(wanted, wish, acting) loop
    wish.starts := in_utc(candidate);
    wish.ends := case when wish.ends is not null then in_utc(candidate + length) end;
    begin
      begun := insert_appointment(wanted, wish, acting);
      if begun.id is not null then
        found_details := found_details || appointment_details(begun.id);
      end if;
      raise exception 'This was only tried.' using errcode = 'AL409';
    exception when sqlstate 'AL409' then
      exit when jsonb_array_length(found_details) = 3;
    end;
  end loop;
  return found_details;
end
$$;
