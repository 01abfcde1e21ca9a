-- What is wrong with an answer, when the clinic asks for it so online; null when nothing is.
create or replace function asking_fault(asking text, given text) returns text
language sql
immutable
parallel safe
return case
  when asking = 'required' and given is null then 'missing'
  when asking = 'no' and given is not null then 'not_expected'
end;
--> statement-breakpoint
-- Registers a patient: `wanted` has the columns, `identifiers` the list. The front desk registers anyone; a patient's account
-- registers a dependant, with what the clinic asks online (see clinic_settings).
--
-- Answers with `outcome`: registered with the `id`, unknown_account, invalid with `faults` by column, too_many_dependants,
-- nik_disagrees, identifier_taken, or may_exist with the `candidates` when it is not confirmed.
create or replace function register_patient(
  wanted jsonb, identifiers jsonb, account bigint, is_confirmed boolean, acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  asked constant patients := jsonb_populate_record(null::patients, wanted);
  is_own constant boolean := acting.actor_kind = 'patient';
  faults jsonb;
  verdict text;
  candidates bigint[];
  new_id bigint;
begin
  if account is not null and not exists (select from accounts where id = account and closed_at is null) then
    return '{"outcome": "unknown_account"}';
  end if;
  if is_own then
    select jsonb_strip_nulls(jsonb_build_object(
      'birth_date', asking_fault(asks_birth_date, asked.birth_date::text),
      'phone', asking_fault(asks_phone, asked.phone),
      'sex', asking_fault(asks_sex, asked.sex)
    ))
    into faults
    from clinic_settings;
    if faults <> '{}' then
      return jsonb_build_object('outcome', 'invalid', 'faults', faults);
    end if;
  end if;
  verdict := judge_dependant(acting);
  if verdict is not null then
    return jsonb_build_object('outcome', verdict);
  end if;
  if not fits_nik(identifiers, asked.birth_date) then
    return '{"outcome": "nik_disagrees"}';
  end if;
  if not is_confirmed then
    candidates := array(
      select patient_id from find_likely_patients(asked.name, asked.birth_date, asked.phone, account, is_own)
    );
    if candidates <> '{}' then
      return jsonb_build_object('outcome', 'may_exist', 'candidates', to_jsonb(candidates));
    end if;
  end if;
  begin
    insert into patients (
      name, called_name, birth_date, sex, phone, contact_email, languages, preferred_channel, address, desk_note, created_at
    )
    values (
      asked.name, asked.called_name, asked.birth_date, asked.sex, asked.phone, asked.contact_email,
      coalesce(asked.languages, '{}'), asked.preferred_channel, asked.address, asked.desk_note, acting.as_of
    )
    returning id into new_id;
    if replace_identifiers(new_id, identifiers) is not null then
      raise exception 'Another patient has the identifier.' using errcode = 'AL409';
    end if;
  exception when sqlstate 'AL409' then
    return '{"outcome": "identifier_taken"}';
  end;
  if account is not null then
    insert into account_patients (account_id, patient_id, relation, linked_at)
    values (account, new_id, 'dependant', acting.as_of);
  end if;
  perform append_patient_event(
    new_id, 'patient.registered', null, jsonb_strip_nulls(wanted || jsonb_build_object('identifiers', identifiers)), null,
    acting
  );
  return jsonb_build_object('outcome', 'registered', 'id', new_id);
end
$$;
--> statement-breakpoint
-- How the words of a name sound, roughly: the first letter and the consonants, with letters that are spelt one for another
-- as one. Siti and Sity, Nurhaliza and Nurhalisa, Muhammad and Mohamad, or Meier and Mayer sound alike. Words of one
-- consonant say too little, and other scripts are left as they are.
create or replace function sounds_of(written text) returns text[]
language sql
immutable
strict
parallel safe
begin atomic
  select coalesce(array_agg(sound), '{}')
  from (
    select regexp_replace(
      left(simple, 1) || translate(substr(simple, 2), 'aiueoh', ''),
      '(.)\1+', '\1', 'g'
    ) as sound
    from unnest(words_of(written)) word
    cross join lateral (
      select translate(
        replace(replace(replace(replace(replace(replace(replace(
          word, 'oe', 'u'), 'dj', 'j'), 'tj', 'c'), 'sy', 's'), 'sj', 's'), 'ph', 'f'), 'ch', 'h'),
        'yzvwqx', 'isffkk'
      ) as simple
    ) spelled
  ) heard
  where length(sound) >= 2;
end;
--> statement-breakpoint
-- Whether two names may be one, spelt differently: they share a word or how a word sounds, or many of their letters stand
-- together.
create or replace function names_are_alike(one text, other text) returns boolean
language sql
immutable
parallel safe
return words_of(one) && words_of(other)
or sounds_of(one) && sounds_of(other)
or similarity(array_to_string(words_of(one), ' '), array_to_string(words_of(other), ' ')) >= 0.3;
