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
    -- Without a year it would be the next way again.
    having bool_or(beginning ~ '^y:')
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
