-- What an event changed, as the patient is told it: the rooms by name, without the devices. It leaves out the place in a
-- session: places are numbered from 1, so the number would tell how many others take part.
create or replace function facts_to_tell(before jsonb, after jsonb) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select changed - array['place', 'room_ids', 'device_ids'] || case when changed ? 'room_ids' then jsonb_build_object(
    'rooms', (
      select jsonb_agg(room.name order by room.sort_order, room.id)
      from resources room
      where room.id in (select taken.id::bigint from jsonb_array_elements_text(changed -> 'room_ids') taken (id))
    )
  ) else '{}' end
  from changed_facts(before, after) changed;
end;
