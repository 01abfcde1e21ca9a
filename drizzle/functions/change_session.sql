-- Changes a session, and with it all who take part, as `change_appointment` does; answers with no appointment when it is not
-- a session. What is a session once stays one, so this needs no lock.
create or replace function change_session(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  if not exists (select from appointments where id = wanted.id and capacity is not null) then
    return '[[], []]';
  end if;
  return change_appointment(wanted, change, acting);
end
$$;
