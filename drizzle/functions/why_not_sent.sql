-- Why a message would be skipped if it were sent now, by whichever channel; null if nothing speaks against it.
create or replace function why_not_sent(message messages, as_of timestamptz) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select case
    when about.are_told is not true then coalesce(about.pointless, 'changed')
    when exists (
      select from message_preferences choice
      where choice.recipient = message.recipient
      and choice.kind = message.kind
      and not choice.is_wanted
    ) then 'not_wanted'
    else (select reader.reason from addressee_of(message, '{email,whatsapp,sms}') reader)
  end
  from (
    select bool_or(one.pointless is null) as are_told, min(one.pointless) as pointless
    from appointments_in_message(message, as_of) one
  ) about;
end;
