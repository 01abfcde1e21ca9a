-- The facts of an appointment after its event of this number, as they are since the time zone of its location was corrected: at
-- the same clock time. Facts that no later correction concerns are what they were.
create or replace function as_corrected(facts jsonb, of_appointment bigint, number integer) returns jsonb
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  correction record;
  start_at timestamptz := (facts ->> 'start_at')::timestamptz;
  length constant interval := (facts ->> 'end_at')::timestamptz - start_at;
begin
  for correction in
    select event.before ->> 'time_zone' as former, event.before ->> 'new_time_zone' as new
    from events event
    where event.appointment_id = of_appointment
    and event.number > as_corrected.number
    and event.kind = 'appointment.time_zone_corrected'
    -- Not what was at another location then.
    and coalesce(facts -> 'location_id' = event.before -> 'location_id', true)
    order by event.number
  loop
    start_at := (start_at at time zone correction.former) at time zone correction.new;
    facts := facts || jsonb_build_object('start_at', in_utc(start_at), 'end_at', in_utc(start_at + length));
  end loop;
  return facts;
end
$$;
