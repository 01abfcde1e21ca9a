-- What an event records about a session, or about a participant's place in one; nothing about other appointments.
create or replace function session_facts(one appointments) returns jsonb
language sql
immutable
return jsonb_strip_nulls(
  jsonb_build_object('capacity', one.capacity, 'session_id', one.session_id, 'place', one.place)
);
