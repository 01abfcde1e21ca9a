-- The doctors that the facts of an event name: whose appointment it is, and their colleagues.
create or replace function doctors_in(facts jsonb) returns bigint[]
language sql
immutable
return array(
  select (facts ->> 'doctor_id')::bigint
  where facts ->> 'doctor_id' is not null
  union
  select colleague.id::bigint from jsonb_array_elements_text(facts -> 'colleague_ids') colleague (id)
);
