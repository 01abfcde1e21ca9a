-- Records what became of messages that were claimed: [{id, attempt, outcome, provider, provider_id, reason,
-- retry_after_seconds}]. What a provider accepted is sent, whatever else has happened meanwhile. What it refused has failed.
-- Anything else is tried again, ever less often, until a day after it was due or until it would come too late. `released`
-- gives a message back that was not tried at all.
--
-- Reads no message but these: joined with a set of unknown size, a plan from when there were few messages reads them all.
create or replace function mark_messages(outcomes jsonb, as_of timestamptz) returns void
language sql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with marked as materialized (
    select *
    from jsonb_to_recordset(outcomes) outcome (
      message_id bigint, attempt integer, outcome text, provider text, provider_id text, reason text,
      retry_after_seconds integer
    )
  )
  update messages
  set (state, reason, provider, provider_id, sent_at, attempts, try_at) = (
    select
      case
        when marked.outcome = 'accepted' then 'sent'
        when marked.outcome = 'refused' or too_late.is_so then 'failed'
        else 'due'
      end,
      case when marked.outcome <> 'accepted' then marked.reason end,
      coalesce(marked.provider, messages.provider),
      coalesce(marked.provider_id, messages.provider_id),
      case when marked.outcome = 'accepted' then coalesce(messages.sent_at, as_of) end,
      messages.attempts - case when marked.outcome = 'released' then 1 else 0 end,
      case
        when marked.outcome = 'released' then as_of + interval '1 minute'
        else as_of + coalesce(
          marked.retry_after_seconds * interval '1 second', least(15, 2 ^ (marked.attempt - 1)) * interval '1 minute'
        )
      end
    from marked
    cross join lateral (
      select marked.outcome = 'failed' and (
        messages.due_at <= as_of - interval '1 day'
        or messages.kind <> 'missed' and (
          select min((events.after ->> 'start_at')::timestamptz)
          from message_appointments about
          join events on events.appointment_id = about.appointment_id and events.number = about.to_event
          where about.message_id = messages.id
        ) <= as_of
      ) as is_so
    ) too_late
    where marked.message_id = messages.id
  )
  where messages.id = any (array(select marked.message_id from marked))
  and exists (
    select from marked
    where marked.message_id = messages.id
    and (marked.outcome = 'accepted' or messages.state = 'sending' and messages.attempts = marked.attempt)
  );
end;
