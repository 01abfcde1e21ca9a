-- All that happened to an appointment, from first to last: who did what and why, with what was before and after, in words.
create or replace function history_of(of_appointment bigint, time_zone text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', event.number,
    'kind', event.kind,
    'at', in_utc(event.at),
    'at_local', to_char(event.at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'actor', event.actor_kind,
    'name', nullif(account.name, ''),
    'reason', event.reason,
    'undoes', (event.before ->> 'undoes')::integer,
    'was', facts_in_words(as_corrected(event.before, event.appointment_id, event.number - 1), time_zone),
    'became', facts_in_words(as_corrected(event.after, event.appointment_id, event.number), time_zone)
  ) order by event.number), '[]')
  from events event
  left join accounts account on account.id = event.account_id
  where event.appointment_id = of_appointment;
end;
