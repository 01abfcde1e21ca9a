-- The last event of an appointment that still counts: not one that was taken back, nor one that takes another back, nor a
-- note, who else takes part, the merge of two records, or a corrected time zone. Null when there is none.
create or replace function last_change(of_appointment bigint) returns events
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  event events;
  counted integer := (select event_count from appointments where id = of_appointment);
begin
  while counted > 0 loop
    select * into event from events where appointment_id = of_appointment and number = counted;
    if event.before ? 'undoes' then
      counted := (event.before ->> 'undoes')::integer - 1;
    elsif event.kind = 'appointment.reopened' then
      -- Earlier releases did not say what it took back.
      counted := counted - 2;
    elsif event.kind = any (array[
      'appointment.noted', 'appointment.people_changed', 'appointment.time_zone_corrected'
    ])
    or event.kind = 'appointment.reassigned' and exists (
      select from patients
      where id = (event.before ->> 'patient_id')::bigint
      and moved_to_id is not null
    ) then
      counted := counted - 1;
    else
      return event;
    end if;
  end loop;
  return null;
end
$$;
