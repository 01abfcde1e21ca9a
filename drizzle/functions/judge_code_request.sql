-- Whether a code may be sent: `sent`, or why not. A browser that has signed in to the mailbox before has a budget of its
-- own, which no stranger can use up. When strangers have used up the mailbox's, one code that works in any browser is sent
-- (`open_code_sent`) or waits there already (`open_code_waits`), so that the owner can still sign in.
create or replace function judge_code_request(asked sign_in_request, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  mailed as (
    select
      code.browser_hash = asked.browser_hash as is_own,
      code.network_hash = acting.network_hash as is_of_network,
      code.wider_hash = asked.wider_hash as is_of_wider,
      code.browser_hash = 'any' as is_open,
      code.used_at is null and code.expires_at > acting.as_of as is_valid,
      code.sent_at > acting.as_of - interval '1 hour' as is_of_this_hour
    from sign_in_codes code
    where code.email = asked.email
    and code.sent_at > acting.as_of - interval '1 day'
  ),
  to_mailbox as (
    select
      count(*) as in_a_day,
      count(*) filter (where is_own and is_of_this_hour) as for_browser,
      count(*) filter (where is_of_network and is_of_this_hour) as for_network,
      count(*) filter (where is_of_network) as for_network_in_a_day,
      count(*) filter (where is_of_wider and is_of_this_hour) as for_wider,
      count(*) filter (where is_of_wider) as for_wider_in_a_day,
      count(*) filter (where is_open and is_valid) as valid_in_any_browser
    from mailed
  ),
  to_anyone as (
    select
      times_counted('sign_in.code_sent', 'network:' || acting.network_hash, acting.as_of - interval '1 hour') as for_network,
      times_counted('sign_in.code_sent', 'wider:' || asked.wider_hash, acting.as_of - interval '1 hour') as for_wider,
      times_counted('sign_in.code_sent', 'everyone', acting.as_of - interval '1 hour') as in_an_hour,
      times_counted('sign_in.code_sent', 'mailbox:' || asked.mailbox_hash, acting.as_of - interval '7 days') as in_a_week
  )
  select case
    when to_mailbox.for_browser >= 5 then 'too_many_codes'
    when asked.is_known_browser then 'sent'
    when to_mailbox.for_network >= 5 or to_mailbox.for_network_in_a_day >= 10 then 'too_many_codes'
    when to_mailbox.for_wider >= 10 or to_mailbox.for_wider_in_a_day >= 20 then 'too_many_codes'
    when to_anyone.for_network >= 120 or to_anyone.for_wider >= 480 then 'too_many_codes'
    when not asked.passed_challenge and (
      to_anyone.for_network >= case when to_anyone.in_an_hour < 1000 then 30 else 2 end
      or to_anyone.for_wider >= case when to_anyone.in_an_hour < 1000 then 120 else 8 end
    ) then 'challenge_needed'
    when (to_mailbox.in_a_day >= 80 or to_anyone.in_a_week >= 160) and to_mailbox.valid_in_any_browser > 0
      then 'open_code_waits'
    when to_mailbox.in_a_day >= 80 or to_anyone.in_a_week >= 160 then 'open_code_sent'
    else 'sent'
  end
  from to_mailbox, to_anyone;
end;
