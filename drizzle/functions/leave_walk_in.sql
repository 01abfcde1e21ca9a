-- Notes that a walk-in left without being seen, or takes that back. Answers with the row as it is then, or nothing when there
-- is none. It was not done when they have an appointment by now, or have another number since.
create or replace function leave_walk_in(of_walk_in bigint, leaves boolean, acting acting)
returns table (id bigint, location_id bigint, number integer, is_done boolean, is_changed boolean)
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one walk_ins;
  changes boolean;
begin
  select walk_in.* into one
  from walk_ins walk_in
  join places_of_staff(acting) seen on seen.id = walk_in.location_id
  where walk_in.id = of_walk_in
  for update of walk_in;
  if one.id is null then
    return;
  end if;
  changes := case when leaves then walk_in_waits(one) else one.left_at is not null and not exists (
    select from walk_ins other
    where other.location_id = one.location_id
    and other.day = one.day
    and other.patient_id = one.patient_id
    and other.id <> one.id
    and walk_in_waits(other)
  ) end;
  if changes then
    update walk_ins set left_at = case when leaves then acting.as_of end, appointment_id = null
    where walk_ins.id = one.id
    returning * into one;
  end if;
  return query select one.id, one.location_id, one.number, (one.left_at is not null) = leaves, changes;
end
$$;
