-- What an event's hash covers in place of its reason. Without the salt it confirms no guess.
create or replace function commitment(reason text, salt bytea) returns bytea
language sql
immutable
parallel safe
return sha256(salt || convert_to(reason, 'UTF8'));
