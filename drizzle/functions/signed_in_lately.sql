-- Whether the person has proved in the last ten minutes who they are: what would help a thief most asks for that. An account
-- with a passkey proves it with one, because a thief may read the mailbox.
create or replace function signed_in_lately(acting acting) returns boolean
language sql
stable
begin atomic
  select exists (
    select from sessions
    where token_hash = acting.session_hash
    and created_at > acting.as_of - interval '10 minutes'
    and may_change_passkeys(sessions)
  );
end;
