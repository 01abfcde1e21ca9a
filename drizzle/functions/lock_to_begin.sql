-- Locks what a new appointment needs before it can be judged: takes its turns (`take_turns_to_begin`), then locks the holds that
-- have to go. Answers with their ids; the caller releases them.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
begin
  perform take_turns_to_begin(wanted, wish, acting);
  -- Mostly, nothing has expired.
  if wanted.stranger_id is null and not exists (
    select from appointments where status = 'pending' and hold_expires_at <= acting.as_of
  ) then
    return '{}';
  end if;
  return lock_holds(expired_holds(wanted, wish, acting), wanted.stranger_id, acting);
end
$$;
