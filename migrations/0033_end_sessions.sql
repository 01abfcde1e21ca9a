-- When a session ends unless it is used. A patient's lasts until it expires. The clinic's own people must sign in again
-- after 12 hours without a request, and after 7 days in any case.
create or replace function session_ends_at(session sessions, role text) returns timestamptz
language sql
stable
begin atomic
  select case
    when role = 'patient' then session.expires_at
    else least(
      session.expires_at,
      session.last_seen_at + interval '12 hours',
      session.created_at + interval '7 days'
    )
  end;
end;
--> statement-breakpoint
-- Whether a session still lets in an account of this role.
create or replace function session_is_live(session sessions, role text, as_of timestamptz) returns boolean
language sql
stable
begin atomic
  select session_ends_at(session, role) > as_of;
end;
--> statement-breakpoint
-- Ends these sessions and records each in the security log. Answers the hashes of their tokens, by which a Worker forgets
-- them at once.
create or replace function end_sessions(ending bigint[], reason text, acting acting) returns text[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  locked as (
    select id
    from sessions
    where id = any (ending)
    order by id
    for update
  ),
  ended as (
    delete from sessions
    where id in (select id from locked)
    returning id, account_id, token_hash
  )
  select coalesce(array_agg(token_hash) filter (where token_hash is not null), '{}')
  from (
    select
      token_hash,
      record_security_event(
        'session.ended', account_id, jsonb_build_object('reason', reason, 'session_id', id), acting
      )
    from ended
    offset 0
  ) each;
end;
--> statement-breakpoint
-- Opens a session for the account, ends the one that the browser had, and records the sign-in. Both hashes are SHA-256 of
-- a token, in hexadecimal.
create or replace function open_session(
  account bigint, new_hash text, replaced_hash text, method text, expires_at timestamptz, device text, acting acting
)
returns void
language sql
volatile
begin atomic
  select end_sessions(array(select id from sessions where token_hash = replaced_hash), 'replaced', acting);
  insert into sessions (
    account_id, token_hash, created_at, last_seen_at, expires_at, device, place, signed_in_with
  )
  values (account, new_hash, acting.as_of, acting.as_of, expires_at, device, acting.place, method);
  select record_security_event('sign_in.succeeded', account, jsonb_build_object('with', method), acting);
end;
