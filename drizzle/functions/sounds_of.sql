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
