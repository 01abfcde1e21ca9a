-- Whether the person has signed in, or used a passkey, in the last ten minutes: what would help a thief most asks for that.
create or replace function signed_in_lately(acting acting) returns boolean
language sql
stable
begin atomic
  select exists (
    select from sessions
    where token_hash = acting.session_hash
    and created_at > acting.as_of - interval '10 minutes'
  );
end;
