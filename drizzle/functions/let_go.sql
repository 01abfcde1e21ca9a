-- Lets holds go that the caller has locked, and records it: by the clock of those that had expired, by whoever acts of the
-- others, who give them up. Mostly there are none, and then all it takes is a plan that is kept.
create or replace function let_go(
  ids bigint[], as_of timestamptz, actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns bigint
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  with
  facts as (
    select
      hold.id, hold.event_count, hold.last_event_hash, hold.hold_expires_at <= as_of as is_over,
      appointment_facts(
        hold.status, hold.doctor_id, hold.patient_id, hold.visit_type_id, hold.start_at, hold.end_at, hold.hold_expires_at
      ) as before,
      appointment_facts(
        'cancelled', hold.doctor_id, hold.patient_id, hold.visit_type_id, hold.start_at, hold.end_at
      ) as after
    from appointments hold
    where hold.id = any (ids)
  ),
  told as (
    select
      facts.*,
      case when is_over then 'system' else let_go.actor_kind end as who,
      case when not is_over then let_go.account_id end as of_account,
      case when not is_over then let_go.api_key_id end as by_key
    from facts
  ),
  due as (
    select told.*, event_hash(
      told.last_event_hash, told.id, told.event_count + 1, 'appointment.released', as_of, who, of_account, by_key,
      let_go.request_id, null, told.before, told.after
    ) as next_hash
    from told
  ),
  released as (
    update appointments
    set status = 'cancelled', event_count = due.event_count + 1, last_event_hash = due.next_hash
    from due where appointments.id = due.id
  ),
  recorded as (
    insert into events (
      appointment_id, number, kind, at, actor_kind, account_id, api_key_id, request_id, before, after, previous_hash, hash
    )
    select
      due.id, due.event_count + 1, 'appointment.released', as_of, who, of_account, by_key, let_go.request_id,
      due.before, due.after, due.last_event_hash, due.next_hash
    from due
  )
  select count(*) from due;
end;
