-- Which patients must be told of a change, and of what kind of message: by what each of them was told before and by what is
-- true now. A change that was taken back is none.
create or replace function messages_for_patients(of_appointment bigint, from_event integer, to_event integer) returns table (
  patient_id bigint, kind text
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select person.id, told.kind
  from net_change(of_appointment, from_event, to_event) net
  cross join lateral (select patients_in(net.was) as before, patients_in(net.became) as now) people
  cross join lateral (select distinct id from unnest(people.before || people.now) id) person
  cross join lateral (
    select
      case when person.id = any (people.before) then net.stood else 'none' end as stood,
      case when person.id = any (people.now) then net.stands else 'none' end as stands
  ) theirs
  cross join lateral (
    select case
      when theirs.stands = 'requested' and (theirs.stood <> 'requested' or net.has_moved) then 'requested'
      when theirs.stands = 'agreed' and net.became ->> 'status' = 'booked'
      and (theirs.stood in ('none', 'requested') or theirs.stood = 'missed' and net.has_moved) then 'booked'
      when theirs.stands = 'agreed' and theirs.stood = 'agreed' and net.has_moved then 'moved'
      when theirs.stands = 'missed' and theirs.stood = 'agreed' then 'missed'
      when theirs.stands = 'none' and theirs.stood = 'requested' and net.kind = 'appointment.declined' then 'declined'
      when theirs.stands = 'none' and theirs.stood = 'requested' and net.kind = 'appointment.lapsed' then 'lapsed'
      when theirs.stands = 'none' and theirs.stood in ('agreed', 'requested') then 'cancelled'
    end as kind
  ) told
  where told.kind is not null
  and not net.is_over;
end;
