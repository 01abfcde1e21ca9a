-- Records that a passkey or a link was refused, and counts it for the network as a wrong code is counted.
create or replace function refuse_sign_in(why text, account bigint, wider_hash text, acting acting) returns void
language sql
volatile
begin atomic
  select count_security_event(
    'sign_in.refused', array['network:' || acting.network_hash, 'wider:' || wider_hash, 'everyone'], null, acting
  );
  select log_refused_sign_in(why, account, acting);
end;
