-- Whether the actor may see and change what is at a location. Only a front desk account can be bound to some.
create or replace function is_in_reach(location bigint, acting acting) returns boolean
language sql
immutable
return acting.location_ids is null or location = any (acting.location_ids);
