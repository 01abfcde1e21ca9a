-- The rooms and devices of an appointment, rooms first. A participant's are those of the session.
create or replace function things_of(of_appointment bigint) returns jsonb
language sql
stable
return (
  select coalesce(
    jsonb_agg(
      jsonb_build_object('id', thing.id, 'type', thing.type, 'kind', thing.kind, 'name', thing.name)
      order by thing.type desc, thing.sort_order, thing.id
    ),
    '[]'
  )
  from claims claim
  join resources thing on thing.id = claim.resource_id
  where claim.appointment_id = of_appointment
  and claim.part in ('room', 'device')
);
