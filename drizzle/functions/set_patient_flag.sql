-- Sets a flag of a patient, or takes it away, and writes that into their history. Answers with their flags then; with nothing when
-- there is no such patient. What is already so changes nothing.
create or replace function set_patient_flag(of_patient bigint, flag_name text, is_set boolean, acting acting)
returns table (patient_id bigint, flags text[], is_changed boolean)
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  kept bigint;
  before text[];
  after text[];
begin
  select record.id into kept
  from patients named
  join patients record on record.id = coalesce(named.moved_to_id, named.id)
  where named.id = of_patient
  and record.erased_at is null
  for no key update of record;
  if kept is null then
    return;
  end if;
  before := array(select one.flag from patient_flags one where one.patient_id = kept order by one.flag);
  if is_set then
    insert into patient_flags (patient_id, flag, set_at, account_id, api_key_id)
    values (kept, flag_name, acting.as_of, acting.account_id, acting.api_key_id)
    on conflict on constraint patient_flags_patient_id_flag_pk do nothing;
  else
    delete from patient_flags one where one.patient_id = kept and one.flag = flag_name;
  end if;
  after := array(select one.flag from patient_flags one where one.patient_id = kept order by one.flag);
  if after <> before then
    perform append_patient_event(
      kept, 'patient.corrected', jsonb_build_object('flags', to_jsonb(before)), jsonb_build_object('flags', to_jsonb(after)),
      null, acting
    );
  end if;
  return query select kept, after, after <> before;
end
$$;
