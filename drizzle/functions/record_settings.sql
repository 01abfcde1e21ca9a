-- Compares one thing that admins manage with how it was when it was last recorded. If it differs, it gets the next version,
-- and an event with the fields that changed. It comes after the change, in the same transaction, as a statement of its own.
--
-- Answers with the version, whether it is new, and the thing as `settings_of` reads it. Runs with the owner's rights: the
-- Worker's database role may only read what it writes.
create or replace function record_settings(of_subject text, of_key text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
declare
  known settings_states;
  state_now jsonb;
  next_version integer;
begin
  perform take_settings_turn(of_subject, of_key);
  state_now := settings_of(of_subject, of_key);
  select * into known
  from settings_states
  where subject = of_subject
  and key = of_key;
  if known.state is not distinct from state_now then
    return jsonb_build_object('version', known.version, 'is_changed', false, 'state', state_now);
  end if;
  next_version := coalesce(known.version, 0) + 1;
  insert into settings_states (subject, key, version, state)
  values (of_subject, of_key, next_version, state_now)
  on conflict (subject, key)
  do update set version = excluded.version, state = excluded.state;
  insert into settings_events (
    subject, key, version, at, actor_kind, account_id, api_key_id, request_id, before, after
  )
  values (
    of_subject, of_key, next_version, acting.as_of, acting.actor_kind, acting.account_id, acting.api_key_id,
    acting.request_id, fields_that_differ(known.state, state_now), fields_that_differ(state_now, known.state)
  );
  return jsonb_build_object('version', next_version, 'is_changed', true, 'state', state_now);
end
$$;
