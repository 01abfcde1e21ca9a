-- Whether a message tells of something that is not at one of these locations; never when there are none to be bound to.
create or replace function is_about_elsewhere(message messages, location_ids bigint[]) returns boolean
language sql
stable
return location_ids is not null and (
  coalesce(message.location_id <> all (location_ids), false)
  or (
    select coalesce(bool_or(location_of(one) <> all (location_ids)), false)
    from message_appointments about
    join appointments one on one.id = about.appointment_id
    where about.message_id = message.id
  )
);
