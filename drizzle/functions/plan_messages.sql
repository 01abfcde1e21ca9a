-- Turns what is ready in the outbox into messages, for at most so many appointments, and removes it, in one transaction. One
-- message tells a recipient of all changes that were made together, or that concern the same day. Answers with how many
-- appointments it did: there may be more as long as that is `at_most`.
--
-- One at a time plans, so that nothing is planned twice. Runs with the owner's rights: the Worker's database role may not
-- write the outbox.
create or replace function plan_messages(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  changes jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('plan messages'));
  select jsonb_agg(one) into changes from changes_to_tell(as_of, at_most) one;
  if changes is null then
    return 0;
  end if;
  with
  change as (
    select one.*, net.request_id, net.account_id as by_account, facts.start_at, location.time_zone,
      (facts.start_at at time zone location.time_zone)::date as day,
      exists (
        select from outbox
        where outbox.appointment_id = one.appointment_id
        and outbox.number = one.to_event
        and not outbox.waits
      ) as is_own
    from jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer, ready_at timestamptz)
    cross join lateral net_change(one.appointment_id, one.from_event, one.to_event) net
    cross join lateral (
      select
        (shown.facts ->> 'start_at')::timestamptz as start_at, (shown.facts ->> 'location_id')::bigint as location_id,
        (shown.facts ->> 'doctor_id')::bigint as doctor_id
      from (select case when net.stands = 'none' then coalesce(net.was, net.became) else net.became end as facts) shown
    ) facts
    join doctors doctor on doctor.id = facts.doctor_id
    join locations location on location.id = coalesce(facts.location_id, doctor.location_id)
  ),
  told as (
    select change.*, one.kind, reader.recipient, reader.account_id, one.patient_id, null::bigint as location_id
    from change
    cross join lateral messages_for_patients(change.appointment_id, change.from_event, change.to_event) one
    cross join lateral recipients_of(one.patient_id, case when change.is_own then change.by_account end, as_of) reader
    union all
    select
      change.*, one.kind, coalesce('account:' || one.account_id, 'location:' || one.location_id), one.account_id, null,
      one.location_id
    from change
    cross join lateral messages_for_staff(change.appointment_id, change.from_event, change.to_event) one
  ),
  gathered as (
    select
      told.*,
      case
        when told.request_id is not null and count(*) over (partition by told.recipient, told.kind, told.request_id) > 1
        then told.request_id
        else told.day::text
      end as gathered_by
    from told
  ),
  message as (
    select
      kind, recipient, gathered_by, account_id, min(patient_id) as patient_id, location_id,
      kind || ':' || min(appointment_id) || ':' || (array_agg(to_event order by appointment_id))[1] as cause,
      min(case
        when is_own and account_id = by_account then ready_at
        else allowed_at(ready_at, ready_at, start_at, time_zone)
      end) as due_at,
      array_agg(distinct array[appointment_id, from_event, to_event]) as about
    from gathered
    group by kind, recipient, gathered_by, account_id, location_id
  ),
  written as (
    insert into messages (kind, cause, recipient, account_id, patient_id, location_id, due_at, try_at, created_at)
    select kind, cause, recipient, account_id, patient_id, location_id, due_at, due_at, as_of
    from message
    on conflict (cause, recipient) do nothing
    returning id, messages.cause, messages.recipient
  )
  insert into message_appointments (message_id, appointment_id, from_event, to_event)
  select written.id, message.about[n][1], message.about[n][2], message.about[n][3]
  from written
  join message on message.cause = written.cause and message.recipient = written.recipient
  cross join lateral generate_subscripts(message.about, 1) n;

  update messages
  set state = 'skipped', reason = 'overtaken'
  where id in (
    select about.message_id
    from jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer)
    join message_appointments about on about.appointment_id = one.appointment_id
    where about.from_event >= one.from_event
    and about.to_event < one.to_event
  )
  and kind <> 'reminder'
  and state = 'due'
  and not exists (
    select from message_appointments other
    where other.message_id = messages.id
    and not exists (
      select from jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer)
      where one.appointment_id = other.appointment_id
      and other.from_event >= one.from_event
      and other.to_event < one.to_event
    )
  );

  delete from message_appointments about
  using messages, jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer)
  where about.appointment_id = one.appointment_id
  and about.from_event >= one.from_event
  and about.to_event < one.to_event
  and messages.id = about.message_id
  and messages.kind <> 'reminder'
  and messages.state = 'due';

  delete from outbox
  using jsonb_to_recordset(changes) one (appointment_id bigint, to_event integer)
  where outbox.appointment_id = one.appointment_id
  and outbox.number <= one.to_event;
  return jsonb_array_length(changes);
end
$$;
