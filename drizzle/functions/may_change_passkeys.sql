-- Whether this session may add, rename or remove the account's passkeys. Once there is one, the session must
-- have used one or come from a link of the clinic: a person who reads the mailbox must not add a passkey of their own.
create or replace function may_change_passkeys(session sessions) returns boolean
language sql
stable
begin atomic
  select session.signed_in_with <> 'code'
    or not exists (select from passkeys where account_id = session.account_id);
end;
