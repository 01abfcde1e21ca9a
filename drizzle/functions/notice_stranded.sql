-- Notes appointments whose time was taken away, or may have been: `stranded_appointments` looks at each of them.
create or replace function notice_stranded(of_appointments bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into strandings (appointment_id, version)
  select one.id, one.event_count
  from appointments one
  where one.id = any (of_appointments)
  order by one.id
  on conflict (appointment_id)
  do update set version = excluded.version;
end;
