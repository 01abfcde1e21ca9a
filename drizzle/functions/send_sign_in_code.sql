-- Stores the code that is to be mailed, unless too many were, and returns what `judge_code_request` says. Requests for one
-- mailbox, or from one network, take turns, so that every code counts. Strangers get 5,000 codes an hour in all.
create or replace function send_sign_in_code(asked sign_in_request, acting acting) returns text
language plpgsql
volatile
as $$
declare
  verdict text;
  account bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values
      (1, 'codes to ' || asked.email),
      (2, 'codes for ' || acting.network_hash),
      (3, 'codes for ' || asked.wider_hash)
    ) one (place, who)
    where who is not null
    order by place
    offset 0
  ) in_order;

  verdict := judge_code_request(asked, acting);

  if verdict in ('sent', 'open_code_sent') and 0 = count_security_event(
    'sign_in.code_sent', array['everyone'], case when not asked.is_known_browser then 5000 end, acting
  ) then
    verdict := 'too_many_codes';
  end if;

  select id into account from accounts where accounts.email = asked.email;

  if verdict not in ('sent', 'open_code_sent') then
    perform log_refused_sign_in(verdict, account, acting);
    return verdict;
  end if;

  insert into sign_in_codes (email, browser_hash, network_hash, wider_hash, code_hash, sent_at, expires_at)
  select
    asked.email,
    case verdict when 'sent' then asked.browser_hash else 'any' end,
    coalesce(acting.network_hash, 'unknown'),
    asked.wider_hash,
    case verdict when 'sent' then asked.code_hash else asked.open_code_hash end,
    acting.as_of,
    acting.as_of + case verdict when 'sent' then interval '10 minutes' else interval '1 day' end;

  if not asked.is_known_browser then
    perform count_security_event('sign_in.code_sent', array[
      'network:' || acting.network_hash, 'wider:' || asked.wider_hash, 'mailbox:' || asked.mailbox_hash
    ], null, acting);
  end if;
  perform record_security_event('sign_in.code_sent', account, '{}', acting);
  return verdict;
end;
$$;
