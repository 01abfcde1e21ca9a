-- Merges one record into another of the same person. No rule is written here, only the order of the steps. While it runs,
-- nothing else begins or changes an appointment (`follow_patient`), so that nothing new can get in the way.
--
-- Answers with four lists: the verdict and the merge; the appointments that moved; the two that overlap; the expired holds
-- that it released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function merge_patients(
  of_record bigint, into_record bigint, confirmed boolean, reason text, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records constant bigint[] := array[of_record, into_record];
  released bigint[];
  hold bigint;
  judged record;
  merge patient_merges;
  answers jsonb;
begin
  perform require_authority(acting);
  acting := for_whole_clinic(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  perform from patients where id = any (records) order by id for no key update;
  released := array(
    select id from appointments
    where (
      patient_id = any (records)
      or id = any (appointments_beside(records))
    )
    and status = 'pending'
    and hold_expires_at <= acting.as_of
    order by id
    for update
  );
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  select * into judged from judge_merge(of_record, into_record, confirmed, acting.as_of);
  if found and judged.verdict is null then
    perform apply_merge(of_record, into_record, reason, acting);
  end if;
  select * into merge from patient_merges one where one.from_id = of_record and one.undone_at is null;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(to_jsonb(judged) || jsonb_build_object('merge', to_jsonb(merge))) end,
    case when judged.verdict is null then list_appointments(merge.appointment_ids) else '[]' end,
    case when judged.overlap is null then '[]' else list_appointments(judged.overlap) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
