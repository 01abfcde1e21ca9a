-- The facts that an event changed, with their new values.
create or replace function changed_facts(before jsonb, after jsonb) returns jsonb
language sql
immutable
begin atomic
  select coalesce(jsonb_object_agg(fact.key, fact.value), '{}')
  from jsonb_each(after) fact
  where before -> fact.key is distinct from fact.value;
end;
