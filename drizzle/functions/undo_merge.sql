-- Gives a record back what a merge took from it, unless it was changed since: the appointments that moved and are still the
-- person's, the links of accounts, the flags, and the fields that it filled. Answers with these appointments. Nothing is judged here.
-- They are times that one patient had, so they cannot overlap.
create or replace function undo_merge(merge patient_merges, reason text, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  gone patients;
  stays patients;
  after patients;
  fields text[];
  going_back constant bigint[] := array(
    select id from appointments
    where id = any (merge.appointment_ids)
    and patient_id = merge.into_id
    and (hold_expires_at is null or status = 'pending')
    order by id
  );
  beside constant bigint[] := array(
    select id from unnest(appointments_beside(array[merge.into_id])) id where id = any (merge.appointment_ids)
  );
  appointment bigint;
begin
  select * into gone from patients where id = merge.from_id;
  select * into stays from patients where id = merge.into_id;
  foreach appointment in array going_back loop
    perform reassign_appointment(appointment, merge.from_id, reason, acting);
  end loop;
  foreach appointment in array beside loop
    perform replace_companion(appointment, merge.into_id, merge.from_id, reason, acting);
  end loop;
  perform give_links_back(merge);
  fields := array(
    select mine.key
    from jsonb_each(to_jsonb(stays)) mine
    join jsonb_each(to_jsonb(gone)) theirs on theirs.key = mine.key and theirs.value = mine.value
    where merge.filled ? mine.key
    order by mine.key
  );
  after := jsonb_populate_record(
    stays,
    (
      select jsonb_object_agg(key, case jsonb_typeof(value) when 'array' then '[]' when 'boolean' then 'false' else 'null' end::jsonb)
      from jsonb_each(to_jsonb(stays)) where key = any (fields)
    )
  );
  perform fill_patient(after);
  -- Flags that the merge copied; those that were set since, or before on both, stay.
  delete from patient_flags copied
  using patient_flags theirs
  where copied.patient_id = merge.into_id
  and theirs.patient_id = merge.from_id
  and (copied.flag, copied.set_at) = (theirs.flag, theirs.set_at)
  and (copied.account_id, copied.api_key_id) is not distinct from (theirs.account_id, theirs.api_key_id);
  update patient_merges
  set undone_at = acting.as_of, undone_by_id = acting.account_id
  where id = merge.id;
  update patients set moved_to_id = null, version = version + 1 where id = merge.from_id;
  -- What had been merged into it comes back with it.
  with recursive
  below as (
    select from_id from patient_merges where into_id = merge.from_id and undone_at is null
    union
    select next.from_id from below join patient_merges next on next.into_id = below.from_id and next.undone_at is null
  )
  update patients
  set moved_to_id = merge.from_id, version = version + 1
  where id = any (array(select from_id from below));
  perform append_patient_event(
    merge.from_id, 'patient.unmerged', jsonb_build_object('moved_to_id', merge.into_id), '{"moved_to_id": null}', reason,
    acting
  );
  perform append_patient_event(
    merge.into_id, 'patient.unmerged',
    (
      select jsonb_build_object('from_id', merge.from_id) || coalesce(jsonb_object_agg(key, value), '{}')
      from jsonb_each(to_jsonb(stays)) where key = any (fields)
    ),
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(to_jsonb(after)) where key = any (fields)),
    reason, acting
  );
  return going_back || beside;
end
$$;
