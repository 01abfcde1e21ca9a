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
  -- Whether words have found the people, so that the keys tell more about them.
  is_by_words boolean := false;
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
        is_by_words := way.is_pair;
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
  -- What tells more is tested first; the numbers of words come last.
  thing as materialized (
    select thing
    from one
    group by thing
    order by case when is_by_words then thing else -thing end
  ),
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
create or replace trigger patients_are_indexed
after insert or update of name, called_name, birth_date, phone, contact_email, email, erased_at on patients
for each row execute function index_patient();
--> statement-breakpoint
create or replace trigger patient_identifiers_are_indexed
after insert or update or delete on patient_identifiers
for each row execute function index_identifier();
