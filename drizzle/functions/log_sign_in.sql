-- Records how an attempt to sign in ended, and counts it when it was refused; `why` is null when it was not.
create or replace function log_sign_in(why text, account bigint, asked sign_in_request, acting acting) returns void
language plpgsql
volatile
as $$
begin
  if why is null then
    perform record_security_event('sign_in.succeeded', account, '{"with": "code"}', acting);
    return;
  end if;
  perform count_security_event('sign_in.refused', array[
    'network:' || acting.network_hash, 'wider:' || asked.wider_hash, 'mailbox:' || asked.mailbox_hash, 'everyone'
  ], null, acting);
  perform log_refused_sign_in(why, account, acting);
end;
$$;
