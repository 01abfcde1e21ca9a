-- The columns of a record that are empty and that another one can fill.
create or replace function fields_to_fill(stays patients, gone patients) returns text[]
language sql
stable
begin atomic
  select array(
    select mine.key
    from jsonb_each(to_jsonb(stays)) mine
    join jsonb_each(to_jsonb(gone)) theirs on theirs.key = mine.key
    where mine.key = any (array[
      'called_name', 'birth_date', 'sex', 'phone', 'contact_email', 'languages', 'preferred_channel', 'address', 'desk_note',
      'is_deceased', 'is_on_legal_hold'
    ])
    and mine.value in ('null', '[]', 'false')
    and theirs.value not in ('null', '[]', 'false')
    order by mine.key
  );
end;
