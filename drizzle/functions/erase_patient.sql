-- Erases everything about the person of this record, and closes the account with which they sign in, unless it also acts for
-- others. Times and statuses of appointments stay, and so do the chains of events. Whoever is on legal hold is not erased, nor
-- someone with appointments to come, unless `cancels` says to cancel those first. Whoever is here now has to be seen first.
-- Erasing again changes nothing. Patients erase only themselves. They
-- must have signed in lately, with their passkey if they have one.
--
-- Answers with null when there is no such patient, or with the refusal and the appointments that stand in the way, or with
-- what was cancelled and released, and which sessions and keys ended. No answer names the person: answers are kept.
--
-- Runs with the owner's rights: the Worker's database role may not write history. `pg_temp` comes last, or a caller's
-- temporary tables would stand in for the clinic's.
create or replace function erase_patient(of_patient bigint, cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records bigint[];
  kept patients;
  answer jsonb;
  ended jsonb;
  texts text[];
begin
  acting := for_whole_clinic(acting);
  -- No merge and no booking is under way now (`follow_patient`).
  perform pg_advisory_xact_lock(hashtext('merges'));
  records := records_of_person(of_patient);
  perform from patients where id = any (records) order by id for update;
  select * into kept from patients where id = any (records) and moved_to_id is null;
  if kept.id is null or acting.actor_kind = 'patient' and not exists (
    select from account_patients
    where account_id = acting.account_id
    and patient_id = kept.id
    and relation = 'self'
  ) then
    return null;
  end if;
  answer := jsonb_build_object('id', kept.id, 'erased_at', coalesce(kept.erased_at, acting.as_of));
  if acting.actor_kind = 'patient' and not (
    signed_in_lately(acting)
    and exists (select from sessions where token_hash = acting.session_hash and may_change_passkeys(sessions))
  ) then
    return answer || '{"refusal": "not_confirmed"}';
  elsif kept.erased_at is not null then
    return answer;
  elsif exists (select from patients where id = any (records) and is_on_legal_hold) then
    return answer || '{"refusal": "on_legal_hold"}';
  end if;
  answer := answer || end_appointments(records, cancels, acting);
  if answer ? 'refusal' then
    return answer;
  end if;
  texts := texts_about(records);
  perform empty_messages(records, texts);
  perform empty_day_notes(records);
  ended := erase_accounts(records, acting);
  perform empty_reasons(array(select id from appointments where patient_id = any (records)));
  perform empty_records(records, acting);
  perform empty_kept_answers(records, texts, acting);
  -- Their own request must not leave behind where they are.
  if acting.actor_kind = 'patient' then
    acting.network_hash := null;
    acting.place := null;
  end if;
  perform append_patient_event(kept.id, 'patient.erased', null, null, null, acting);
  perform record_security_event(
    'data.erased', (ended -> 'accounts' ->> 0)::bigint, jsonb_build_object('patient_id', kept.id), acting
  );
  return answer || ended || jsonb_build_object(
    'cancelled', list_appointments(array(select jsonb_array_elements_text(answer -> 'cancelled')::bigint)),
    'released', list_appointments(array(select jsonb_array_elements_text(answer -> 'released')::bigint)),
    'left', list_appointments(array(select jsonb_array_elements_text(answer -> 'left')::bigint))
  );
end
$$;
