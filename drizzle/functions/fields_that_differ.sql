-- The fields of one state that another has not, or not like that; null when there is no such state at all.
create or replace function fields_that_differ(one jsonb, other jsonb) returns jsonb
language sql
immutable
parallel safe
begin atomic
  select case when one is not null then coalesce(jsonb_object_agg(field.key, field.value), '{}') end
  from jsonb_each(one) field
  where other is null
  or field.value is distinct from other -> field.key;
end;
