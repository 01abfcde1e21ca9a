-- Whether a session still lets in an account of this role. A patient's lasts until it expires. The clinic's own people
-- must sign in again after 12 hours without a request, and after 7 days in any case.
create or replace function session_is_live(session sessions, role text, as_of timestamptz) returns boolean
language sql
immutable
begin atomic
  select session.expires_at > as_of
    and (
      role = 'patient'
      or session.last_seen_at > as_of - interval '12 hours'
      and session.created_at > as_of - interval '7 days'
    );
end;
