-- Makes sure that a person of these records has no upcoming appointment: releases their holds and, when `cancels` says
-- so, cancels what is booked, all or nothing. They leave appointments to which they only come along. The caller has
-- locked the records. Answers with the ids of both, or with the refusal and the appointments that stand in the way: all
-- of them, those that may no longer be cancelled online, or one of someone who is here now.
create or replace function end_appointments(records bigint[], cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  upcoming constant bigint[] := array(
    select id
    from appointments
    where (patient_id = any (records) or id = any (appointments_beside(records)))
    and (
      status = 'booked' and end_at > acting.as_of
      or status = 'arrived'
      or awaits_approval and hold_expires_at > acting.as_of
    )
    order by id
  );
  beside constant bigint[] := array(
    select id from appointments where id = any (upcoming) and not patient_id = any (records) order by id
  );
  holds constant bigint[] := array(
    select id
    from appointments
    where patient_id = any (records)
    and status = 'pending'
    and (not awaits_approval or hold_expires_at <= acting.as_of)
    order by id
    for update
  );
  in_the_way bigint[];
  one bigint;
  answer jsonb;
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  in_the_way := case
    when cancels then array(select id from appointments where id = any (upcoming) and status = 'arrived')
    else upcoming
  end;
  if in_the_way = '{}' then
    begin
      foreach one in array beside loop
        perform replace_companion(one, - resource_id, null, null, acting)
        from claims
        where appointment_id = one
        and resource_id = any (array(select resource_of_patient(id) from unnest(records) id));
      end loop;
      foreach one in array array(select id from unnest(upcoming) id where id <> all (beside)) loop
        answer := change_appointment(
          jsonb_populate_record(null::appointments, jsonb_build_object('id', one, 'status', 'cancelled')),
          jsonb_populate_record(null::change, jsonb_build_object(
            'event', 'appointment.cancelled', 'from_statuses', array['booked', 'pending'], 'of_anyone', true
          )),
          acting
        );
        if answer -> 0 -> 0 ->> 'verdict' is distinct from null then
          in_the_way := array[one];
          raise exception 'It may not be cancelled any more.' using errcode = 'AL409';
        end if;
      end loop;
    exception when sqlstate 'AL409' then
      -- This took back those that it had cancelled before.
      null;
    end;
  end if;
  if in_the_way <> '{}' then
    return jsonb_build_object(
      'refusal', 'has_future_appointments', 'appointments', list_appointments(in_the_way)
    );
  end if;
  foreach one in array holds loop
    perform release_hold(one, acting);
  end loop;
  return jsonb_build_object(
    'cancelled', to_jsonb(array(select id from unnest(upcoming) id where id <> all (beside))), 'released', to_jsonb(holds),
    'left', to_jsonb(beside)
  );
end
$$;
