CREATE TABLE "patient_search_keys" (
	"key" text collate "C" NOT NULL,
	"patient_id" bigint NOT NULL,
	CONSTRAINT "patient_search_keys_pkey" PRIMARY KEY("patient_id","key")
);
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "called_name" text;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "birth_date" date;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "phone" text;
--> statement-breakpoint
ALTER TABLE "patient_search_keys" ADD CONSTRAINT "patient_search_keys_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "patient_search_keys_by_key" ON "patient_search_keys" USING btree ("key","patient_id");
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_called_name_is_written" CHECK ("patients"."called_name" ~ '\S');
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_called_name_is_legible" CHECK ("patients"."called_name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "patients"."called_name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]');
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_birth_date_is_sane" CHECK ("patients"."birth_date" >= '1850-01-01');
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_phone_is_e164" CHECK ("patients"."phone" ~ '^[+][1-9][0-9]{6,14}$');
--> statement-breakpoint
-- Folds a text so that every way of typing it compares equal: upper and lower case, accents, apostrophes, Unicode forms,
-- and letters that people replace when their keyboard lacks them. It only serves searches; nothing shows the result.
--
-- Marks are listed by range because PostgreSQL's regular expressions do not know the category "mark": Latin, Greek and
-- Cyrillic accents; Hebrew points; Arabic vowels; Indic nuktas; Thai and Lao tones; joiners and other invisible characters.
create or replace function fold_text(written text) returns text
language sql
immutable
strict
parallel safe
return translate(
  replace(replace(replace(replace(
    lower(
      regexp_replace(
        normalize(written, nfkd),
        '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670'
        || '\u06d6-\u06ed\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u0e47-\u0e4e\u0ec8-\u0ecd\u00ad\u034f\u061c\u180e\u200b-\u200f'
        || '\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff''’‘‛`´ʹʻʼʽʾʿˈ′׳״]',
        '',
        'g'
      ) collate pg_c_utf8
    ),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
  'ıłøđðħŧŋςىیېێةہھەکڪۆ',
  'iloddhtnσييييههههككو'
);
--> statement-breakpoint
-- Makes the search keys of patients who have none, at most so many at a time, and answers how many that were. Patients from
-- before the keys existed need it once; `npm run migrate` repeats it until none is left, each time in its own transaction.
create or replace function index_missing_patients(at_most integer) returns integer
language sql
volatile
begin atomic
  with
  missing as (
    select id
    from patients patient
    where not exists (select from patient_search_keys where patient_id = patient.id)
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
-- Trigger: replaces the search keys of a patient who was registered or changed. Keys that stay are not touched.
create or replace function index_patient() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  keys constant text[] := array(select patient_keys(new));
begin
  if tg_op = 'UPDATE' then
    delete from patient_search_keys
    where patient_id = new.id
    and key <> all (keys);
  end if;
  insert into patient_search_keys (key, patient_id)
  select key, new.id from unnest(keys) key
  on conflict do nothing;
  return null;
end
$$;
--> statement-breakpoint
-- The keys under which a name is found. Each begins with what it is:
--   w: a word, a part of a word, or all words together; also from each letter on in scripts without spaces
--   p: the first three letters of one word and the whole of another, so that two unfinished words find few people
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
  nth integer;
begin
  -- O'Brien is also found as Brien.
  return query
  select 'w:' || part
  from unnest(words_of(regexp_replace(written, '[''’‘‛`´ʹʻʼʽʾʿˈ′׳]', ' ', 'g'))) part
  where written ~ '[''’‘‛`´ʹʻʼʽʾʿˈ′׳]';
  for nth in 1..2 loop
    spelling := words_of(case nth when 1 then written else spelled_out(written) end);
    exit when nth = 2 and spelling = spellings;
    spellings := spelling;
    return query
    select 'w:' || word from unnest(spelling) word
    union all
    select 'w:' || array_to_string(spelling, '')
    union all
    select 'p:' || left(one, 3) || '|' || other
    from unnest(spelling) with ordinality first (one, place)
    join unnest(spelling) with ordinality second (other, other_place) on other_place <> place
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
create or replace function patient_keys(patient patients) returns setof text
language sql
stable
parallel safe
begin atomic
  select left(key, 200) from name_keys(patient.name) key
  union
  select left(key, 200) from name_keys(patient.called_name) key where key ~ '^w:'
  union
  select 'y:' || to_char(patient.birth_date, 'YYYY') || '|' || left(substr(key, 3), 100)
  from name_keys(patient.name) key
  where key ~ '^w:' and patient.birth_date is not null
  union
  select 'd:' || to_char(patient.birth_date, 'YYYY-MM-DD') where patient.birth_date is not null
  union
  select 't:' || reverse(substr(patient.phone, 2)) where patient.phone is not null
  union
  select 'e:' || left(patient.email, 200) where patient.email is not null;
end;
--> statement-breakpoint
-- Finds patients by what a person typed: `words` of a name in any order, the last of which may be unfinished, and `keys`, a
-- list of lists: each inner list holds the beginnings of keys (see patient_keys) that one thing typed can mean. A patient
-- is found when every word and every list matches. The best match comes first: the whole name, then whole words.
--
-- It looks through 300 patients at most, those whom the rarest thing typed finds: first a key, then two words, then one.
-- `is_cut` says that there may be more.
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
  last constant text := U&'\+10FFFF';
  typed text[] := words_of(words);
  spelled text[] := words_of(spelled_out(words));
  longest text[] := array(select word from unnest(typed) word order by length(word) desc, word);
  -- Every beginning that must match, and the number of the thing typed that it belongs to.
  things integer[];
  beginnings text[];
  asked integer;
  -- The beginnings by which candidates are looked up.
  looked_up text[];
  most integer;
  exact bigint[];
  found bigint[];
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
  most := case when asked > 1 then 300 else at_most + 1 end;
  exact := array(
    select one.patient_id
    from patient_search_keys one
    where one.key = 'n:' || (select string_agg(word, ' ' order by word) from unnest(typed) word)
    limit most
  );
  looked_up := case
    -- Too many are born in a year.
    when jsonb_array_length(keys) > 0 then array(
      select case
        when beginning ~ '^d:\d{4}-$' and longest[1] is not null then 'y:' || substr(beginning, 3, 4) || '|' || longest[1]
        else beginning
      end
      from jsonb_array_elements_text(keys -> 0) beginning
    )
    when length(longest[1]) >= 3 and cardinality(longest) > 1 then array['p:' || left(longest[1], 3) || '|' || longest[2]]
    when asked = 1 then beginnings
    else array['w:' || longest[1]]
  end;
  for tried in 1..2 loop
    found := array(
      select one.patient_id
      from unnest(looked_up) beginning
      cross join lateral (
        select key.patient_id, key.key
        from patient_search_keys key
        where key.key >= beginning
        and key.key < beginning || last
        order by key.key, key.patient_id
        limit most * 3 -- one person may have several such keys
      ) one
      group by one.patient_id
      order by min(one.key), one.patient_id
      limit most
    );
    -- Two words are looked up as a pair of whole words; one of them may be a part, as in "o brien".
    exit when found <> '{}' or looked_up[1] !~ '^p:';
    looked_up := array['w:' || longest[1]];
  end loop;
  return query
  with
  candidate as materialized (
    select distinct one.id
    from unnest(exact || found) one (id)
    where (of_patients is null or one.id = any (of_patients))
    and (
      of_doctor is null
      or exists (
        select from appointments past
        where past.patient_id = one.id and past.doctor_id = of_doctor and past.hold_expires_at is null
      )
    )
  ),
  matching as materialized (
    select id from candidate where asked = 1
    union all
    select candidate.id
    from candidate
    cross join unnest(things, beginnings) one (thing, beginning)
    where asked > 1
    and exists (
      select from patient_search_keys key
      where key.patient_id = candidate.id
      and key.key >= one.beginning
      and key.key < one.beginning || last
    )
    group by candidate.id
    having count(distinct one.thing) = asked
  ),
  ranked as (
    select
      matching.id,
      matching.id = any (exact) as is_exact,
      (
        select count(*)
        from patient_search_keys key
        where key.patient_id = matching.id
        and key.key = any (array(select 'w:' || word from unnest(typed) word))
      ) as whole_words
    from matching
  )
  select ranked.id, ranked.is_exact, cardinality(found) >= most or count(*) over () > at_most
  from ranked
  join patients patient on patient.id = ranked.id
  order by ranked.is_exact desc, ranked.whole_words desc, patient.name, patient.id
  limit at_most;
end
$$;
--> statement-breakpoint
-- A text as it is written on a keyboard without umlauts, when that differs from leaving the dots off: Müller is Mueller.
create or replace function spelled_out(written text) returns text
language sql
immutable
strict
parallel safe
return replace(replace(replace(replace(replace(
  lower(normalize(written, nfc) collate pg_c_utf8),
  'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa');
--> statement-breakpoint
-- The words of a name, folded: without apostrophes, and split at spaces, hyphens and other punctuation.
create or replace function words_of(written text) returns text[]
language sql
immutable
strict
parallel safe
return array_remove(
  regexp_split_to_array(fold_text(written) collate pg_c_utf8, '[[:space:][:punct:]]+'),
  ''
);
--> statement-breakpoint
-- Whether two names may be one, spelt differently: they share a word, or many of their letters stand together.
create or replace function names_are_alike(one text, other text) returns boolean
language sql
immutable
parallel safe
return words_of(one) && words_of(other)
or similarity(array_to_string(words_of(one), ' '), array_to_string(words_of(other), ' ')) >= 0.3;
--> statement-breakpoint
-- Finds patients who may be the person about to be registered: they have the same phone number, or a similar name and the
-- same date of birth, or the same name in the account's family. `only_family` looks at nobody else, because patients may not
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
  select id from likely order by id limit 20;
end;

--> statement-breakpoint
create trigger patients_are_indexed
after insert or update of name, called_name, birth_date, phone, email on patients
for each row execute function index_patient();
