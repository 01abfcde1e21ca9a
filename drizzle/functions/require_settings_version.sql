-- Makes changes of one thing that admins manage take turns, and fails with AL412 when it is no longer as it was at the
-- expected version; null means any. It comes before the change, in the same transaction.
create or replace function require_settings_version(of_subject text, of_key text, expected integer) returns void
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  perform take_settings_turn(of_subject, of_key);
  if expected <> coalesce((
    select version
    from settings_states
    where subject = of_subject
    and key = of_key
  ), 0) then
    raise exception 'It has changed since.' using errcode = 'AL412';
  end if;
end
$$;
