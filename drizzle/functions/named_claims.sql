-- What a wish names besides the doctor and the patient of this row: further doctors, with the same buffers, and further
-- patients, rooms and devices, without any.
create or replace function named_claims(wanted appointments, wish wish) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    wanted.id, doctor.resource_id, 'colleague', doctor.id, null::bigint, wanted.buffer_before_minutes,
    wanted.buffer_after_minutes, coalesce(wanted.location_id, doctor.location_id),
    claimed_time(
      wanted.status, wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes
    ),
    wanted.hold_expires_at
  from doctors doctor
  where doctor.id = any (wish.colleague_ids)
  union all
  select
    wanted.id, resource_of_patient(companion.id), 'companion', null, null, 0::smallint, 0::smallint, null,
    claimed_time(wanted.status, wanted.start_at, wanted.end_at, 0, 0), wanted.hold_expires_at
  from unnest(wish.companion_ids) companion (id)
  union all
  select
    wanted.id, thing.id, thing.type, null, null, 0::smallint, 0::smallint, null,
    claimed_time(wanted.status, wanted.start_at, wanted.end_at, 0, 0), wanted.hold_expires_at
  from resources thing
  where thing.id = any (wish.resource_ids);
end;
