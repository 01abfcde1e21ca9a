-- Whether sessions of this visit type have room for several patients.
create or replace function visit_type_is_group(visit_type bigint) returns boolean
language sql
stable
return exists (select from visit_types where id = visit_type and capacity is not null);
