-- Whether so many attempts to sign in failed lately, from this network or to this mailbox or in all, that a stranger's
-- browser may try a code only once.
create or replace function is_guessed_often(asked sign_in_request, acting acting) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select
    not asked.is_known_browser
    and not asked.passed_challenge
    and (
      times_counted('sign_in.refused', 'network:' || acting.network_hash, acting.as_of - interval '1 hour') >= 20
      or times_counted('sign_in.refused', 'wider:' || asked.wider_hash, acting.as_of - interval '1 hour') >= 80
      or times_counted('sign_in.refused', 'mailbox:' || asked.mailbox_hash, acting.as_of - interval '1 day') >= 30
      or times_counted('sign_in.refused', 'everyone', acting.as_of - interval '1 hour') >= 1000
    );
end;
