-- Fails with AL404 when an appointment is at a location that is none of the actor's business; `noun` is what they are told
-- does not exist.
create or replace function require_reach(one appointments, noun text, acting acting) returns void
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
begin
  if acting.location_ids is not null and not coalesce(is_in_reach(location_of(one), acting), false) then
    raise exception 'It is at another location.' using errcode = 'AL404', constraint = noun;
  end if;
end
$$;
