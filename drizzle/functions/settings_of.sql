-- One thing that admins manage, with all that belongs to it, for its history; null when there is no such thing. The name of
-- an API key is left out: it may name a person, whose erasure the history would outlive.
create or replace function settings_of(subject text, key text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case subject
    when 'clinic' then (select to_jsonb(one) - array['id', 'version'] from clinic_settings one)
    when 'location' then (select to_jsonb(one) - 'id' from locations one where one.id = key::bigint)
    when 'doctor' then settings_of_doctor(key::bigint)
    when 'visit_type' then (
      select to_jsonb(one) - 'id' || jsonb_build_object('needs', needs_of(one.id))
      from visit_types one
      where one.id = key::bigint
    )
    when 'resource' then (
      select to_jsonb(one) - 'id' || jsonb_build_object('hours', resource_hours_of(one.id))
      from resources one
      where one.id = key::bigint
    )
    when 'account' then settings_of_account(key::bigint)
    when 'api_key' then (
      select to_jsonb(one) - array['id', 'name', 'key_hash', 'last_used_at']
      from api_keys one
      where one.id = key::bigint
    )
    when 'message_text' then (
      select jsonb_build_object('subject', one.subject, 'body', one.body)
      from message_texts one
      where one.kind = split_part(key, ':', 1)
      and one.language = split_part(key, ':', 2)
      and one.channel = split_part(key, ':', 3)
    )
    when 'time_off' then (select to_jsonb(one) - 'id' from time_off one where one.id = key::bigint)
    when 'closure' then (select to_jsonb(one) - 'id' from closures one where one.id = key::bigint)
    when 'resource_absence' then (
      select to_jsonb(one) - 'id'
      from resource_absences one
      where one.id = key::bigint
    )
    when 'travel_times' then (
      select jsonb_object_agg(one_location_id || '-' || other_location_id, minutes)
      from travel_times
    )
  end;
end;
