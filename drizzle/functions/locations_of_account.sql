-- The locations that an account is bound to, in order; null when it is bound to none, and works at all of them.
create or replace function locations_of_account(account bigint) returns bigint[]
language sql
stable
return (
  select array_agg(location_id order by location_id)
  from account_locations
  where account_id = account
);
