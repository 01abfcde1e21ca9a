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
