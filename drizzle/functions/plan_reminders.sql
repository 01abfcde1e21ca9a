-- Plans the reminders of the next day and a half, at most so many, in one transaction. Several appointments of a recipient on
-- one day have one, which goes out when the first of theirs should. Answers with how many it planned: there may be more as long
-- as that is `at_most`. May be done again at any time, and by two at once.
create or replace function plan_reminders(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  coming constant jsonb := (select jsonb_agg(reminder) from reminders_to_plan(as_of, at_most) reminder);
  planned integer := 0;
  one record;
begin
  -- Only now, so that nobody waits for the search.
  perform pg_advisory_xact_lock(hashtext('plan messages'));
  for one in
    select *
    from jsonb_to_recordset(coming) reminder (
      appointment_id bigint, event_count integer, patient_id bigint, recipient text, account_id bigint, days_before smallint,
      cause text, due_at timestamptz
    )
  loop
    insert into messages (
      kind, cause, recipient, account_id, patient_id, days_before, due_at, try_at, created_at
    )
    values (
      'reminder', one.cause, one.recipient, one.account_id, one.patient_id, one.days_before, one.due_at, one.due_at, as_of
    )
    on conflict (cause, recipient) do nothing;
    if not found then
      update messages
      set due_at = one.due_at, try_at = one.due_at
      where cause = one.cause
      and recipient = one.recipient
      and (state = 'due') is true
      and greatest(as_of, one.due_at) < messages.due_at;
    end if;
    insert into message_appointments (message_id, appointment_id, from_event, to_event)
    select id, one.appointment_id, one.event_count, one.event_count
    from messages
    where cause = one.cause
    and recipient = one.recipient
    -- Not an index of what is due: all reminders of a day may be.
    and (state = 'due') is true
    on conflict do nothing;
    planned := planned + 1;
  end loop;
  return planned;
end
$$;
