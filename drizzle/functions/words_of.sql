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
