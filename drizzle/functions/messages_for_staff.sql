-- Which of the clinic's own people, and which location, must be told of a change: those who have chosen to be, unless they
-- made it themselves. Doctors who have not chosen are told of the next 24 hours. Of a session, its own events are told, not
-- each participant's.
create or replace function messages_for_staff(of_appointment bigint, from_event integer, to_event integer) returns table (
  account_id bigint, location_id bigint, kind text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select reader.account_id, reader.location_id, told.kind
  from net_change(of_appointment, from_event, to_event) net
  cross join lateral (select doctors_in(net.was) as before, doctors_in(net.became) as now) doctors
  cross join lateral (
    select (net.was ->> 'location_id')::bigint as before, (net.became ->> 'location_id')::bigint as now
  ) places
  cross join lateral (
    select
      account.id as account_id, null::bigint as location_id,
      account.doctor_id is null or account.doctor_id = any (doctors.before) as was_theirs,
      account.doctor_id is null or account.doctor_id = any (doctors.now) as is_theirs,
      coalesce(account.wanted_messages, case when account.role = 'doctor' then 'next_24_hours' else 'nothing' end) as wants
    from accounts account
    where account.role in ('doctor', 'front_desk', 'admin')
    and account.closed_at is null
    and account.id is distinct from net.account_id
    and (account.doctor_id is null or account.doctor_id = any (doctors.before || doctors.now))
    union all
    select
      null, location.id, coalesce(location.id = places.before, false), coalesce(location.id = places.now, false),
      location.wanted_messages
    from locations location
    where location.id in (places.before, places.now)
    and location.email is not null
  ) reader
  cross join lateral (
    select
      case when reader.was_theirs then net.stood else 'none' end as stood,
      case when reader.is_theirs then net.stands else 'none' end as stands
  ) theirs
  cross join lateral (
    select case
      when theirs.stands = 'requested' and theirs.stood <> 'requested' then 'approval_requested'
      when coalesce(net.became, net.was) ->> 'session_id' is not null then null
      when theirs.stands = 'agreed' and theirs.stood in ('none', 'requested') and net.became ->> 'status' = 'booked'
        then 'staff_booked'
      when theirs.stands = 'agreed' and theirs.stood = 'agreed' and net.has_moved then 'staff_moved'
      when theirs.stands = 'none' and theirs.stood in ('agreed', 'requested') then 'staff_cancelled'
    end as kind
  ) told
  where told.kind is not null
  and not net.is_over
  and (
    reader.wants = 'everything'
    or reader.wants <> 'nothing' and told.kind = 'approval_requested'
    or reader.wants = 'next_24_hours' and least(
      case when theirs.stood = 'agreed' then (net.was ->> 'start_at')::timestamptz end,
      case when theirs.stands = 'agreed' then (net.became ->> 'start_at')::timestamptz end
    ) between net.at and net.at + interval '24 hours'
  );
end;
