-- Cancels the account's upcoming appointments and releases its holds, each with its event, if no other account acts for
-- the patient. Those who only come along to an appointment leave it. What may no longer be cancelled online
-- stays, unless the front desk cancels it. Answers with what `change_appointment` says of each.
create or replace function cancel_upcoming(account bigint, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  upcoming record;
  answer jsonb;
  answers jsonb := '[]';
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  for upcoming in
    select one.id, one.status, one.awaits_approval
    from account_patients pair
    join appointments one on one.patient_id = pair.patient_id
    where pair.account_id = account
    and one.start_at > acting.as_of
    and one.status in ('booked', 'pending')
    and not exists (
      select from account_patients other
      where other.patient_id = pair.patient_id
      and other.account_id <> account
      and link_is_in_force(other.ends_on, acting.as_of)
    )
    order by one.id
  loop
    answer := change_appointment(
      jsonb_populate_record(null::appointments, jsonb_build_object('id', upcoming.id, 'status', 'cancelled')),
      jsonb_populate_record(null::change, jsonb_build_object(
        'event', case
          when upcoming.status = 'booked' or upcoming.awaits_approval then 'appointment.cancelled'
          else 'appointment.released'
        end,
        'from_statuses', array[upcoming.status],
        'of_anyone', true
      )),
      acting
    );
    answers := answers || (answer -> 0);
  end loop;
  for upcoming in
    select one.id, pair.patient_id as companion
    from account_patients pair
    cross join lateral unnest(appointments_beside(array[pair.patient_id])) beside (id)
    join appointments one on one.id = beside.id
    where pair.account_id = account
    and one.start_at > acting.as_of
    and one.status = 'booked'
    and not exists (
      select from account_patients other
      where other.patient_id = pair.patient_id
      and other.account_id <> account
      and link_is_in_force(other.ends_on, acting.as_of)
    )
    order by one.id
  loop
    answer := appointment_details(upcoming.id);
    perform leave_appointment(upcoming.id, upcoming.companion, acting);
    answers := answers || (appointment_details(upcoming.id) || jsonb_build_object('verdict', 'left', 'former', answer));
  end loop;
  return answers;
end
$$;
