-- What was sent to the person of these records, or about their appointments, oldest first. An address of someone who acts for
-- them is left out.
create or replace function export_messages(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', message.id,
    'kind', message.kind,
    'days_before', message.days_before,
    'state', message.state,
    'reason', message.reason,
    'channel', message.channel,
    'address', case when reader.is_own then message.address end,
    'language', message.language,
    'created_at', in_utc(message.created_at),
    'due_at', in_utc(message.due_at),
    'sent_at', in_utc(message.sent_at),
    'delivered_at', in_utc(message.delivered_at),
    'appointment_ids', (
      select coalesce(jsonb_agg(about.appointment_id order by about.appointment_id), '[]')
      from message_appointments about
      join appointments one on one.id = about.appointment_id
      where about.message_id = message.id
      and one.patient_id = any (records)
    )
  ) order by message.due_at, message.id), '[]')
  from messages message
  cross join lateral (
    select message.account_id is null or exists (
      select from account_patients own
      where own.account_id = message.account_id
      and own.patient_id = any (records)
      and own.relation = 'self'
    ) as is_own
  ) reader
  where message.id = any (messages_of_person(records));
end;
