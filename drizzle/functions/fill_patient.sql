-- Writes the columns of a record that corrections change, and that a merge fills and its undoing empties. The caller has
-- locked the record.
create or replace function fill_patient(after patients) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update patients
  set
    name = after.name,
    called_name = after.called_name,
    birth_date = after.birth_date,
    sex = after.sex,
    phone = after.phone,
    contact_email = after.contact_email,
    languages = after.languages,
    preferred_channel = after.preferred_channel,
    address = after.address,
    desk_note = after.desk_note,
    is_deceased = after.is_deceased,
    is_active = after.is_active,
    is_on_legal_hold = after.is_on_legal_hold,
    version = version + 1
  where id = after.id;
end;
