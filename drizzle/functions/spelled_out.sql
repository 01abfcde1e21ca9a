-- A text as it is written on a keyboard without umlauts, when that differs from leaving the dots off: Müller is Mueller.
create or replace function spelled_out(written text) returns text
language sql
immutable
strict
parallel safe
return replace(replace(replace(replace(replace(
  lower(normalize(written, nfc) collate pg_c_utf8),
  'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa');
