-- Whether two names may be one, spelt differently: they share a word or how a word sounds, or many of their letters stand
-- together.
create or replace function names_are_alike(one text, other text) returns boolean
language sql
immutable
parallel safe
return words_of(one) && words_of(other)
or sounds_of(one) && sounds_of(other)
or similarity(array_to_string(words_of(one), ' '), array_to_string(words_of(other), ' ')) >= 0.3;
