-- Moves everything that belongs to one record to another, and remembers it in `patient_merges`. Nothing is judged here.
-- The record that goes keeps its own columns, identifiers and search keys: it is still found by them, and what was filled
-- from it can be told from what was corrected later. Holds that were released stay with it until they are forgotten.
create or replace function apply_merge(of_record bigint, into_record bigint, reason text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  gone patients;
  stays patients;
  after patients;
  fields text[];
  moving bigint[];
  beside constant bigint[] := appointments_beside(array[of_record]);
  appointment bigint;
begin
  select * into gone from patients where id = of_record;
  select * into stays from patients where id = into_record;
  fields := fields_to_fill(stays, gone);
  after := jsonb_populate_record(
    stays, (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(gone)) where key = any (fields))
  );
  moving := array(
    select id from appointments
    where patient_id = of_record
    and (hold_expires_at is null or status = 'pending')
    order by id
  );
  -- Who came along to what is now their own appointment, and has given up its time.
  foreach appointment in array array(
    select id from unnest(appointments_beside(array[into_record])) id where id = any (moving)
  ) loop
    perform replace_companion(appointment, into_record, null, reason, acting);
  end loop;
  foreach appointment in array moving loop
    perform reassign_appointment(appointment, into_record, reason, acting);
  end loop;
  foreach appointment in array beside loop
    perform replace_companion(appointment, of_record, into_record, reason, acting);
  end loop;
  insert into patient_merges (from_id, into_id, merged_at, merged_by_id, appointment_ids, links, filled)
  values (
    of_record, into_record, acting.as_of, acting.account_id, moving || beside, move_links(of_record, into_record), to_jsonb(fields)
  );
  insert into message_preferences (recipient, kind, is_wanted, chosen_at)
  select 'patient:' || into_record, kind, is_wanted, chosen_at
  from message_preferences
  where recipient = 'patient:' || of_record
  on conflict on constraint message_preferences_pkey do nothing;
  insert into patient_flags (patient_id, flag, set_at, account_id, api_key_id)
  select into_record, one.flag, one.set_at, one.account_id, one.api_key_id
  from patient_flags one
  where one.patient_id = of_record
  on conflict on constraint patient_flags_patient_id_flag_pk do nothing;
  -- Who waits without an appointment waits as the record that stays.
  update walk_ins set patient_id = into_record where patient_id = of_record and walk_in_waits(walk_ins);
  perform fill_patient(after);
  -- What was merged into the record that goes follows it.
  update patients
  set moved_to_id = into_record, version = version + 1
  where id = of_record or moved_to_id = of_record;
  perform append_patient_event(
    of_record, 'patient.merged', '{"moved_to_id": null}', jsonb_build_object('moved_to_id', into_record), reason, acting
  );
  perform append_patient_event(
    into_record, 'patient.merged',
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(to_jsonb(stays)) where key = any (fields)),
    (
      select jsonb_build_object('from_id', of_record) || coalesce(jsonb_object_agg(key, value), '{}')
      from jsonb_each(to_jsonb(after)) where key = any (fields)
    ),
    reason, acting
  );
end
$$;
