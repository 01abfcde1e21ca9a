-- Of one state of a record, with its identifiers, the fields that differ from another.
create or replace function changed_fields(one jsonb, identifiers jsonb, other jsonb, other_identifiers jsonb) returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_object_agg(field.key, field.value)
  from jsonb_each(one || jsonb_build_object('identifiers', identifiers)) field
  where field.value is distinct from (other || jsonb_build_object('identifiers', other_identifiers)) -> field.key;
end;
