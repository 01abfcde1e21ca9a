-- How many more messages may go out today (UTC) by each channel that has a limit.
create or replace function places_left_today(as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select coalesce(jsonb_object_agg(capped.channel, greatest(0, capped.most - (
    select count(*)
    from messages
    where messages.channel = capped.channel
    and messages.sent_at >= date_trunc('day', as_of, 'UTC')
  ))), '{}')
  from clinic_settings settings
  cross join lateral (
    values
      ('email', settings.most_emails_a_day),
      ('whatsapp', settings.most_whatsapps_a_day),
      ('sms', settings.most_sms_a_day)
  ) capped (channel, most)
  where settings.id
  and capped.most is not null;
end;
