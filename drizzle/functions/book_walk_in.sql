-- Books what a walk-in waits for, and checks them in, all or nothing: `begin_appointment` judges it and answers. Without a
-- doctor, it takes the one they asked for or, if any will do, one who is free then. Their arrival is when they came. Fails
-- with AL410 when the walk-in is no longer waiting.
--
-- Runs with the owner's rights, as `begin_appointment` does. `pg_temp` comes last, or a caller's temporary tables would
-- stand in for the clinic's.
create or replace function book_walk_in(of_walk_in bigint, wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  waiting walk_ins;
  answers jsonb;
begin
  perform require_authority(acting);
  select one.* into waiting
  from walk_ins one
  join places_of_staff(acting) seen on seen.id = one.location_id
  where one.id = of_walk_in;
  if waiting.id is null then
    raise exception 'There is no such walk-in.' using errcode = 'AL410';
  end if;
  wanted.patient_id := waiting.patient_id;
  wanted.visit_type_id := waiting.visit_type_id;
  wanted.doctor_id := coalesce(wanted.doctor_id, waiting.doctor_id);
  wanted.arrived_at := waiting.came_at;
  wish.location_id := waiting.location_id;
  answers := begin_appointment(wanted, wish, acting);
  if answers #>> '{0,0,id}' is null and walk_in_waits(waiting) then
    return answers;
  end if;
  update walk_ins one
  set appointment_id = (answers #>> '{0,0,id}')::bigint
  where one.id = waiting.id
  and walk_in_waits(one);
  if not found then
    raise exception 'They do not wait any more.' using errcode = 'AL410';
  end if;
  return answers;
end
$$;
