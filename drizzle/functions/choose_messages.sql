-- Keeps which kinds of message a recipient wants, as `{"reminder": false}`; puts their language first in their own record; and,
-- of the clinic's own people, keeps what they want to be told. What is left out or null stays as it is.
--
-- Answers null when the recipient is gone, else whose record was changed, if any.
create or replace function choose_messages(
  of_recipient text, wanted jsonb, language text, staff_wants text, acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  reader text;
  own bigint;
  is_changed boolean := false;
begin
  -- No merge and no erasure is under way now.
  perform follow_patient(null);
  reader := follow_recipient(of_recipient);
  if reader is null then
    return null;
  end if;
  insert into message_preferences (recipient, kind, is_wanted, chosen_at)
  select reader, choice.kind, choice.is_wanted::boolean, acting.as_of
  from jsonb_each_text(wanted) choice (kind, is_wanted)
  order by choice.kind
  on conflict on constraint message_preferences_pkey
  do update set is_wanted = excluded.is_wanted, chosen_at = excluded.chosen_at
  where message_preferences.is_wanted <> excluded.is_wanted;
  if staff_wants is not null then
    update accounts
    set wanted_messages = staff_wants, updated_at = acting.as_of
    where reader = 'account:' || id
    and id = acting.account_id
    and role <> 'patient'
    and wanted_messages is distinct from staff_wants;
  end if;
  if language is not null then
    select theirs.patient_id into own
    from patients_of_recipient(reader, acting.as_of) theirs
    where theirs.is_self
    limit 1;
    is_changed := put_language_first(own, language, acting);
  end if;
  return jsonb_build_object('corrected_patient_id', case when is_changed then own end);
end
$$;
