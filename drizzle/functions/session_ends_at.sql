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
