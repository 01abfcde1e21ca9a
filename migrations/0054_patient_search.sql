CREATE INDEX "appointments_by_doctor_and_patient" ON "appointments" USING btree ("doctor_id","patient_id") WHERE "appointments"."hold_expires_at" is null;
--> statement-breakpoint
-- The keys under which an identifier is found, in small letters and without signs: whole, without the letters and the zeros
-- that it begins with, a passport's without its country, and each behind its issuer.
create or replace function identifier_keys(issuer text, value text) returns setof text
language sql
immutable
strict
parallel safe
begin atomic
  with
  bare as (
    select lower(regexp_replace(one, '[^0-9A-Z]', '', 'g')) as one
    from unnest(array[value, case when issuer = 'passport' then split_part(value, ':', 2) end]) one
    where one <> ''
  )
  select prefix || one
  from (
    select one from bare
    union
    select ltrim(one, 'abcdefghijklmnopqrstuvwxyz') from bare
    union
    select ltrim(one, '0abcdefghijklmnopqrstuvwxyz') from bare
  ) way
  cross join unnest(array['i:', 'i:' || issuer || ':']) prefix
  where one <> '';
end;
--> statement-breakpoint
-- Trigger: keeps a patient's search keys in step with their identifiers.
create or replace function index_identifier() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
begin
  if tg_op <> 'INSERT' then
    delete from patient_search_keys
    where patient_id = old.patient_id
    and key in (select identifier_keys(old.issuer, old.value))
    -- Two identifiers may be found by the same key.
    and key not in (
      select identifier_keys(issuer, value) from patient_identifiers where patient_id = old.patient_id
    );
  end if;
  if tg_op <> 'DELETE' then
    insert into patient_search_keys (key, patient_id)
    select identifier_keys(new.issuer, new.value), new.patient_id
    on conflict do nothing;
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Makes the search keys of patients who have none, or whose keys an earlier release made (`p:`), at most so many at a time,
-- and answers how many that were. `npm run migrate` repeats it until none is left, each time in its own transaction.
create or replace function index_missing_patients(at_most integer) returns integer
language sql
volatile
begin atomic
  with
  outdated as materialized (
    select distinct patient_id as id
    from (
      select patient_id from patient_search_keys where key >= 'p:' and key < 'p;' limit at_most
    ) pair
  ),
  missing as (
    select id
    from patients patient
    where id = any (array(select id from outdated))
    or (
      not exists (select from outdated)
      and not exists (select from patient_search_keys where patient_id = patient.id)
      and erased_at is null
    )
    limit at_most
    for no key update skip locked
  ),
  touched as (
    -- The trigger looks at what is written, not at whether it differs.
    update patients set name = name where id in (select id from missing) returning 1
  )
  select count(*)::integer from touched;
end;
--> statement-breakpoint
-- The patients who have a key with one of these beginnings, in the order of their keys, at most so many. Where an ending is
-- given, the third part of the key must begin with it. `of_doctor` leaves only the patients who have had an appointment with
-- that doctor; null leaves everyone. `is_cut` says that there may be more: only so many keys are read.
create or replace function look_up_keys(
  beginnings text[], endings text[], of_doctor bigint, at_most integer, out patient_ids bigint[], out is_cut boolean
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  keys_read as materialized (
    select case when of_doctor is null then greatest(at_most * 2, 300) else 1200 end as number
  ),
  one as materialized (
    select key.patient_id, key.key, asked.ending
    from unnest(beginnings, endings) asked (beginning, ending)
    cross join lateral (
      select pair.patient_id, pair.key
      from patient_search_keys pair
      where pair.key >= asked.beginning
      and pair.key < asked.beginning || U&'\+10FFFF'
      order by pair.key, pair.patient_id
      limit (select number from keys_read)
    ) key
  ),
  person as materialized (
    select patient_id, min(key) as key
    from one
    where (ending is null or split_part(key, ' ', 3) ^@ ending)
    and (
      of_doctor is null
      or exists (
        select from appointments past
        where past.doctor_id = of_doctor and past.patient_id = one.patient_id and past.hold_expires_at is null
      )
    )
    group by patient_id
    order by min(key), patient_id
    limit at_most
  )
  select
    coalesce((select array_agg(patient_id order by key, patient_id) from person), '{}'),
    (select count(*) from person) >= at_most or (select count(*) from one) >= (select number from keys_read);
end;
--> statement-breakpoint
-- The keys under which a name is found. Each begins with what it is:
--   w: a word, a part of a word, or all words together; also from each letter on in scripts without spaces
--   q: the first three letters of one word, the whole of another and the whole of the first, so that two words find few
--      people even when both are unfinished
--   n: all words in alphabetical order, for exact matches
create or replace function name_keys(written text) returns setof text
language plpgsql
immutable
strict
parallel safe
as $$
declare
  spelling text[];
  spellings text[];
  -- O'Brien is also found as Brien.
  parts constant text[] := case
    when written ~ '[''’‘‛`´ʹʻʼʽʾʿˈ′׳]' then words_of(regexp_replace(written, '[''’‘‛`´ʹʻʼʽʾʿˈ′׳]', ' ', 'g'))
    else '{}'
  end;
  nth integer;
begin
  for nth in 1..2 loop
    spelling := words_of(case nth when 1 then written else spelled_out(written) end);
    exit when nth = 2 and spelling = spellings;
    spellings := spelling;
    return query
    select 'w:' || word from unnest(spelling || parts) word
    union all
    select 'w:' || array_to_string(spelling, '')
    union all
    select 'q:' || left(one, 3) || ' ' || other || ' ' || one
    from unnest(spelling || parts) with ordinality first (one, place)
    join unnest(spelling || parts) with ordinality second (other, other_place) on other_place <> place
    union all
    -- A name of signs only has no words.
    select 'n:' || coalesce((select string_agg(word, ' ' order by word) from unnest(spelling) word), '')
    union all
    -- Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese names are written without spaces.
    select 'w:' || substr(word, start)
    from unnest(spelling) word
    cross join generate_series(2, length(word)) start
    where word ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]'
    -- A vowel sign never stands alone.
    and substr(word, start, 1) !~ '[\u0e31\u0e34-\u0e4e\u0eb1\u0eb4-\u0ece\u102b-\u103e\u1160-\u11ff\u17b4-\u17d3]';
  end loop;
end
$$;
--> statement-breakpoint
-- Everything that a patient is found by: the keys of `name_keys`, and
--   d: the date of birth
--   y: its year with one word of the name, because many people have one of the two
--   t: the digits of the telephone number, the last one first, because people know the last ones
--   e: the email address
--   i: an identifier's letters and digits, alone and behind its issuer
-- Nobody is found by anything after an erasure.
create or replace function patient_keys(patient patients) returns setof text
language sql
stable
parallel safe
begin atomic
  select key
  from (
    select left(key, 200) from name_keys(patient.name) key
    union
    -- With what they are called, each word of the name makes a pair.
    select left(key, 200) from name_keys(patient.name || ' ' || patient.called_name) key where key ~ '^[wq]:'
    union
    select 'y:' || to_char(patient.birth_date, 'YYYY') || '|' || left(substr(key, 3), 100)
    from name_keys(patient.name) key
    where key ~ '^w:' and patient.birth_date is not null
    union
    select 'd:' || to_char(patient.birth_date, 'YYYY-MM-DD') where patient.birth_date is not null
    union
    select 't:' || reverse(substr(patient.phone, 2)) where patient.phone is not null
    union
    select 'e:' || left(email, 200)
    from unnest(array[patient.contact_email, patient.email]) email
    where email is not null
    union
    select identifier_keys(issuer, value) from patient_identifiers where patient_id = patient.id
  ) own (key)
  where patient.erased_at is null;
end;
--> statement-breakpoint
-- Finds patients by what a person typed: `words` of a name in any order, each of which may be unfinished, and `keys`, a list
-- of lists: each inner list holds the beginnings of keys (see patient_keys) that one thing typed can mean. A patient is found
-- when every word and every list matches. The best match comes first: a whole name, number or address, then whole words;
-- those who no longer come here are last. A record that was merged answers with the one that took its place.
--
-- It looks up the rarest things typed (see ways_to_search), five hundred people each at most, and tests what is left for the
-- others. `is_cut` says that there may be more; when nobody is found but someone may be, it is the only row, without a
-- patient.
--
-- `of_doctor` leaves only the patients who have had an appointment with that doctor, `of_patients` only these; null leaves
-- everyone.
create or replace function search_patients(
  words text, keys jsonb, of_doctor bigint, of_patients bigint[], at_most integer
) returns table (patient_id bigint, is_exact boolean, is_cut boolean)
language plpgsql
stable
rows 20
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  -- Some are the same person's, merged.
  most constant integer := at_most * 2;
  typed constant text[] := words_of(words);
  spelled constant text[] := words_of(spelled_out(words));
  -- Every beginning that must match, and the number of the thing typed that it belongs to.
  things integer[];
  beginnings text[];
  asked integer;
  way record;
  looked_up record;
  exact bigint[];
  -- Whom the search is limited to, then whom it has found. Few people need no look-up.
  people bigint[] := of_patients;
  few constant integer := 200;
  is_more boolean := false;
  is_proven boolean := false;
begin
  select array_agg(thing.nth), array_agg(beginning), coalesce(max(thing.nth), 0)
  into things, beginnings, asked
  from (
    select nth, jsonb_array_elements_text(list) as beginning
    from jsonb_array_elements(keys) with ordinality thing (list, nth)
    union
    select jsonb_array_length(keys) + nth, 'w:' || unnest(array[word, spelled[nth]])
    from unnest(typed) with ordinality word (word, nth)
  ) thing
  where beginning is not null;
  if of_patients is null and of_doctor is not null then
    people := array(
      select distinct past.patient_id
      from appointments past
      where past.doctor_id = of_doctor
      and past.hold_expires_at is null
      limit few + 1
    );
    people := case when cardinality(people) <= few then people end;
  end if;
  if people is not null then
    people := people || array(select id from patients where moved_to_id = any (people));
  end if;
  exact := array(
    select one.id
    from (
      select key.patient_id as id
      from patient_search_keys key
      where key.key = any (array(
        select 'n:' || string_agg(word, ' ' order by word) from unnest(typed) word
        union all
        select beginning from unnest(beginnings) beginning where beginning ~ '^[eit]:'
      ))
      limit case when people is null and of_doctor is null then most else 600 end
    ) one
    where case
      when people is not null then one.id = any (people)
      else of_doctor is null or exists (
        select from appointments past
        where past.doctor_id = of_doctor and past.patient_id = one.id and past.hold_expires_at is null
      )
    end
    limit most
  );
  if people is null then
    for way in select * from ways_to_search(typed, spelled, keys) loop
      is_proven := asked = 1 or asked = 2 and way.is_pair;
      select * into looked_up
      from look_up_keys(way.beginnings, way.endings, of_doctor, case when is_proven then most else 500 end);
      -- Letters can match that are no two words, as in "nurul hidayah" for Nurulhidayah.
      continue when way.is_pair and looked_up.patient_ids = '{}';
      if people is null or is_more and not looked_up.is_cut then
        people := looked_up.patient_ids;
        is_more := looked_up.is_cut;
      elsif not looked_up.is_cut then
        people := array(select unnest(people) intersect select unnest(looked_up.patient_ids));
      end if;
      exit when is_proven and (not is_more or cardinality(people) >= at_most) or not is_more and cardinality(people) <= 40;
    end loop;
  end if;
  return query
  with
  one as materialized (
    select thing, beginning, beginning || U&'\+10FFFF' as until
    from unnest(things, beginnings) one (thing, beginning)
  ),
  -- The words come last, and are tested first.
  thing as materialized (select distinct thing from one order by thing desc),
  candidate as materialized (
    select unnest(exact) as id
    union all
    select unnest(people[1:few])
  ),
  matching as materialized (
    select candidate.id
    from candidate
    where is_proven
    -- Scalar subqueries stop at the first thing that does not match.
    or (
      select false
      from thing
      where (
        select true
        from one
        cross join lateral (
          select from patient_search_keys key
          where key.patient_id = candidate.id
          and key.key >= one.beginning
          and key.key < one.until
          limit 1
        ) key
        where one.thing = thing.thing
        limit 1
      ) is null
      limit 1
    ) is null
    limit most
  ),
  ranked as (
    select
      coalesce(patient.moved_to_id, patient.id) as id,
      bool_or(patient.id = any (exact)) as is_exact,
      max((
        select count(*)
        from patient_search_keys key
        where key.patient_id = patient.id
        and key.key = any (array(select 'w:' || word from unnest(typed) word))
      )) as whole_words
    from matching
    join patients patient on patient.id = matching.id
    group by 1
  )
  select
    ranked.id,
    ranked.is_exact,
    is_more or (select count(*) from matching) >= most or cardinality(people) > few or count(*) over () > at_most
  from ranked
  join patients patient on patient.id = ranked.id
  where patient.erased_at is null
  order by
    patient.is_active and not patient.is_deceased desc, ranked.is_exact desc, ranked.whole_words desc, patient.name, patient.id
  limit at_most;
  if not found then
    return query select null::bigint, false, true where is_more;
  end if;
end
$$;
--> statement-breakpoint
-- The ways in which `search_patients` may look for people, each by one or two of the things typed: beginnings of keys with
-- the endings that `look_up_keys` takes. Keys come first, then two words, which prove both, then one. Of a long name, only
-- the three longest words are tried. `spelled` are the words as `spelled_out` has them.
create or replace function ways_to_search(typed text[], spelled text[], keys jsonb)
returns table (beginnings text[], endings text[], is_pair boolean)
language sql
immutable
parallel safe
begin atomic
  with
  word as materialized (
    select word, nullif(spelled[nth], word) as other, row_number() over (order by length(word) desc, word) as place
    from unnest(typed) with ordinality word (word, nth)
    order by place
    limit 3
  ),
  listed as (
    select nth, beginning
    from jsonb_array_elements(keys) with ordinality thing (list, nth)
    cross join jsonb_array_elements_text(list) beginning
  ),
  -- Many people are born in a year, and the first of January stands for many unknown birth dates.
  of_year as (
    select nth, case when beginning ~ '^d:' then 'y:' || substr(beginning, 3, 4) || '|' || one else beginning end as beginning
    from listed
    join word on word.place = 1
    cross join unnest(array[word.word, word.other]) one
    where one is not null
  ),
  way as (
    select 1 as rank, nth, array_agg(distinct beginning) as beginnings, null::text[] as endings
    from of_year
    group by nth
    union all
    select 1, nth, array_agg(beginning), null
    from listed
    group by nth
    -- Too many, unless nothing else was typed.
    having not bool_or(beginning ~ '^d:\d{4}-$') or cardinality(typed) = 0
    union all
    select
      2,
      long.place + short.place,
      array_remove(array[
        'q:' || left(short.word, 3) || ' ' || long.word,
        'q:' || left(coalesce(short.other, short.word), 3) || ' ' || coalesce(long.other, long.word)
      ], null),
      array[short.word, coalesce(short.other, short.word)]
    from word long
    join word short on short.place > long.place
    where length(short.word) >= 3
    union all
    -- A key begins with three letters of one word or with a whole shorter one.
    select 2, long.place + short.place, array['q:' || left(long.word, 3) || ' ' || short.word], array[long.word]
    from word long
    join word short on short.place > long.place
    where length(long.word) >= 3
    and length(short.word) < 3
    union all
    select 3, place, array_remove(array['w:' || word, 'w:' || other], null), null
    from word
  )
  select beginnings, endings, rank = 2
  from way
  order by rank, nth;
end;
--> statement-breakpoint
-- Finds patients who may be the person about to be registered: they have the same phone number, or a similar name and the
-- same date of birth, or the same name in the account's family. `only_family` looks no further, because patients may not
-- learn who else is registered; a family shares its phone, so the number says nothing there.
create or replace function find_likely_patients(
  name text, birth_date date, phone text, account_id bigint, only_family boolean
) returns table (patient_id bigint)
language sql
stable
rows 5
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  family as materialized (
    select pair.patient_id as id
    from account_patients pair
    where pair.account_id = find_likely_patients.account_id
  ),
  candidate as materialized (
    select key.patient_id as id
    from patient_search_keys key
    where key.key = 'd:' || to_char(find_likely_patients.birth_date, 'YYYY-MM-DD')
    and not only_family
    union
    select id from family
  ),
  likely as (
    select key.patient_id as id
    from patient_search_keys key
    where key.key = 't:' || reverse(substr(find_likely_patients.phone, 2))
    and not only_family
    union
    select patient.id
    from candidate
    join patients patient on patient.id = candidate.id
    where patient.birth_date = find_likely_patients.birth_date
    and names_are_alike(patient.name, find_likely_patients.name)
    union
    select family.id
    from family
    join patient_search_keys key on key.patient_id = family.id
    where key.key in (select left(own, 200) from name_keys(find_likely_patients.name) own where own ~ '^n:')
  )
  -- What a merged record says finds the one that took its place.
  select distinct coalesce(patient.moved_to_id, patient.id) as in_force
  from likely
  join patients patient on patient.id = likely.id
  where patient.erased_at is null
  order by in_force
  limit 20;
end;

--> statement-breakpoint
create or replace trigger patients_are_indexed
after insert or update of name, called_name, birth_date, phone, contact_email, email, erased_at on patients
for each row execute function index_patient();
--> statement-breakpoint
create or replace trigger patient_identifiers_are_indexed
after insert or update or delete on patient_identifiers
for each row execute function index_identifier();
