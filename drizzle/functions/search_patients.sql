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
