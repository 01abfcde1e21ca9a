-- A session as verbs answer with it: never who takes part.
create or replace function session_details(of_session bigint, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return appointment_details(of_session) || jsonb_build_object('places_taken', places_taken(of_session, as_of));
