-- Undoes the last merge of a record. No rule is written here, only the order of the steps. While it runs, nothing else
-- begins or changes an appointment (`follow_patient`).
--
-- Answers with two lists: the verdict and the merge; the appointments that went back.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function unmerge_patients(of_record bigint, reason text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  judged record;
  undone patient_merges;
  given_back bigint[] := '{}';
  answers jsonb;
  stays bigint;
begin
  perform require_authority(acting);
  acting := for_whole_clinic(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  stays := follow_patient(of_record);
  perform from patients where id in (of_record, stays) order by id for no key update;
  select * into judged from judge_unmerge(of_record, acting.as_of);
  if found and judged.verdict is null then
    given_back := undo_merge(judged.merge, reason, acting);
    select * into undone from patient_merges where id = (judged.merge).id;
  end if;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(
      to_jsonb(judged) || case when undone.id is null then '{}' else jsonb_build_object('merge', to_jsonb(undone)) end
    ) end,
    case when given_back = '{}' then '[]' else list_appointments(given_back) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
