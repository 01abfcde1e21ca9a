-- What a session still owes before its account may act: 'met' for nothing, 'confirm' for the passkey that the account has,
-- 'set_up' for one that it lacks, or has lost. A code or a link is one factor; a passkey is two by itself. Admins who have a
-- passkey need it, and so do all of the clinic's own people when the clinic says so.
create or replace function second_factor_of(account bigint, role text, signed_in_with text) returns text
language sql
stable
begin atomic
  select case
    when role = 'patient' or signed_in_with in ('passkey', 'code_and_passkey') then 'met'
    when not exists (select from passkeys where account_id = account)
      then case when (select staff_need_passkeys from clinic_settings) then 'set_up' else 'met' end
    when role = 'admin' or (select staff_need_passkeys from clinic_settings)
      then case when signed_in_with = 'link' then 'set_up' else 'confirm' end
    else 'met'
  end;
end;
