-- Says where the appointments from before there were locations take place, the newest first and `at_most` at a time. Answers
-- with how many there were, and with 0 once all are done and `old_appointments` is gone.
create or replace function locate_old_appointments(at_most integer) returns integer
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  reached bigint;
  going bigint[];
begin
  if to_regclass('old_appointments') is null then
    return 0;
  end if;
  select located_from into reached from old_appointments for update;
  going := array(select id from appointments where id < reached order by id desc limit at_most for no key update);
  update appointments one
  set location_id = doctor.location_id
  from doctors doctor
  where one.id = any (going)
  and one.location_id is null
  and doctor.id = one.doctor_id;
  update old_appointments set located_from = coalesce(going[cardinality(going)], located_from);
  return cardinality(going);
end
$$;
