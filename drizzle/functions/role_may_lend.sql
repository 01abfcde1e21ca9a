-- Whether the owner of a key may lend it this role: their own, and an admin also that of the front desk.
create or replace function role_may_lend(owner text, lent text) returns boolean
language sql
immutable
begin atomic
  select lent = owner or (owner = 'admin' and lent = 'front_desk');
end;
