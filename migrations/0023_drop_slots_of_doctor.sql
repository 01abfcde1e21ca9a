-- No release since 0021 calls it: starts_of_doctor took its place.
drop function slots_of_doctor(bigint, bigint, date, date, boolean, timestamptz);
