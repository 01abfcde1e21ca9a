-- Whether a session still lets in an account of this role.
create or replace function session_is_live(session sessions, role text, as_of timestamptz) returns boolean
language sql
stable
begin atomic
  select session_ends_at(session, role) > as_of;
end;
