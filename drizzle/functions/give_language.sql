-- Records which language a patient speaks, if their record names none yet.
create or replace function give_language(patient bigint, language text, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select put_language_first(kept.id, language, acting)
  from patients named
  join patients kept on kept.id = coalesce(named.moved_to_id, named.id)
  where named.id = patient
  and kept.languages = '{}'
  and language is not null;
end;
