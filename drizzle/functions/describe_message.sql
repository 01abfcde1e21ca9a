-- A message as the desk and the API show it: to whom it goes, about which appointments, and what became of it.
create or replace function describe_message(message messages) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'id', message.id,
    'kind', message.kind,
    'days_before', message.days_before,
    'state', message.state,
    'reason', message.reason,
    'recipient', message.recipient,
    'name', coalesce(location.name, nullif(account.name, ''), account.email, patient.name, ''),
    'channel', message.channel,
    'address', message.address,
    'language', message.language,
    'due_at', in_utc(message.due_at),
    'try_at', case when message.state in ('due', 'sending') then in_utc(message.try_at) end,
    'attempts', message.attempts,
    'provider', message.provider,
    'provider_id', message.provider_id,
    'sent_at', in_utc(message.sent_at),
    'delivered_at', in_utc(message.delivered_at),
    'appointments', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', one.id,
        'start_at', in_utc(one.start_at),
        'start_local', to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
        'time_zone', place.time_zone,
        'doctor_name', doctor.name,
        'patient_id', who.id,
        'patient_name', who.name
      ) order by one.start_at, one.id), '[]')
      from message_appointments about
      join appointments one on one.id = about.appointment_id
      join doctors doctor on doctor.id = one.doctor_id
      join locations place on place.id = coalesce(one.location_id, doctor.location_id)
      left join patients who on who.id = one.patient_id
      where about.message_id = message.id
    )
  )
  from (select) nothing
  left join accounts account on account.id = message.account_id
  left join locations location on location.id = message.location_id
  left join patients patient on message.recipient = 'patient:' || message.patient_id and patient.id = message.patient_id;
end;
