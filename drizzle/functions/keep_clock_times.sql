-- Moves what is today or ahead at these locations to the same clock time in another zone, each appointment with an event. The
-- caller has locked out bookings, has looked for conflicts, and changes the zone afterwards. Raises an error (23P01) when a
-- time is taken after all.
--
-- All claims give up their time before any takes the new one: neighbours would be in each other's way. Everything is done at
-- once, not one appointment after the other, and so are the claims: their trigger is told to leave them. Before the end they
-- are compared with what it would have made.
create or replace function keep_clock_times(of_locations bigint[], new_zone text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  moving constant jsonb := (
    select coalesce(jsonb_agg(clock), '[]') from clock_times_in_zone(of_locations, new_zone, acting.as_of) clock
  );
  ids constant bigint[] := array(select (clock ->> 'id')::bigint from jsonb_array_elements(moving) clock);
  moves integer;
  made_events events[];
begin
  update claims set during = null where appointment_id = any (ids) and during is not null;

  update claims
  set
    during = claimed_time(
      one.status, clock.moves_to, clock.moves_to + (one.end_at - one.start_at), claims.before_minutes, claims.after_minutes
    ),
    expires_at = case when one.awaits_approval then least(one.hold_expires_at, clock.moves_to) else one.hold_expires_at end
  from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
  join appointments one on one.id = clock.id
  where claims.appointment_id = clock.id;

  update appointment_responses response
  set start_at = clock.moves_to
  from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
  join appointments one on one.id = clock.id
  where response.appointment_id = clock.id
  and response.start_at = one.start_at;

  update strandings noted
  set stays_start_at = clock.moves_to
  from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
  join appointments one on one.id = clock.id
  where noted.appointment_id = clock.id
  and noted.stays_start_at = one.start_at;

  perform set_config('clinic.claims_are_kept', 'yes', true);
  with
  taken as (
    select appointment_id, part, jsonb_agg(who.id order by who.id) as ids
    from claims
    cross join lateral (select coalesce(doctor_id, abs(resource_id)) as id) who
    where appointment_id = any (ids)
    and part not in ('doctor', 'patient')
    group by appointment_id, part
  ),
  people as (
    select appointment_id, jsonb_object_agg(part || '_ids', taken.ids) as facts from taken group by appointment_id
  ),
  facts as (
    select
      one.id, one.event_count, one.last_event_hash, clock.moves_to, clock.moves_to + (one.end_at - one.start_at) as ends_at,
      case when one.awaits_approval then least(one.hold_expires_at, clock.moves_to) else one.hold_expires_at end
        as expires_at,
      facts_of(one) || coalesce(people.facts, '{}') as before, location.time_zone
    from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
    join appointments one on one.id = clock.id
    join locations location on location.id = location_of(one)
    left join people on people.appointment_id = one.id
  ),
  unhashed as (
    select facts.*, jsonb_populate_record(null::events, jsonb_build_object(
      'appointment_id', facts.id, 'number', facts.event_count + 1, 'kind', 'appointment.time_zone_corrected',
      'at', acting.as_of, 'actor_kind', acting.actor_kind, 'account_id', acting.account_id,
      'api_key_id', acting.api_key_id, 'request_id', acting.request_id, 'previous_hash', facts.last_event_hash,
      'before', facts.before || jsonb_build_object('time_zone', facts.time_zone, 'new_time_zone', new_zone),
      'after', facts.before
        || jsonb_build_object('start_at', in_utc(facts.moves_to), 'end_at', in_utc(facts.ends_at))
        || case when facts.before ? 'hold_expires_at' then jsonb_build_object('hold_expires_at', in_utc(facts.expires_at)) else '{}' end
    )) as event
    from facts
  ),
  made as materialized (
    select unhashed.*, jsonb_populate_record(unhashed.event, jsonb_build_object('hash', event_hash(unhashed.event))) as hashed
    from unhashed
    order by unhashed.id
  ),
  moved as (
    update appointments one
    set
      start_at = made.moves_to,
      end_at = made.ends_at,
      hold_expires_at = made.expires_at,
      event_count = (made.hashed).number,
      last_event_hash = (made.hashed).hash
    from made
    where one.id = made.id
    returning made.hashed as event
  )
  select count(*), array_agg(moved.event) into moves, made_events from moved;
  perform append_corrections(made_events);
  perform set_config('clinic.claims_are_kept', '', true);

  if moves <> cardinality(ids) or exists (
    select from claims
    join appointments one on one.id = claims.appointment_id
    where one.id = any (ids)
    and (claims.during, claims.expires_at) is distinct from (
      claimed_time(one.status, one.start_at, one.end_at, claims.before_minutes, claims.after_minutes), one.hold_expires_at
    )
  ) then
    raise exception 'Not all of these appointments moved, or not with their claims.';
  end if;

  -- What is meant to be shown until the end of a day.
  update day_notes note
  set expires_at = greatest(
    (note.expires_at at time zone location.time_zone) at time zone new_zone, note.written_at + interval '1 second'
  )
  from locations location
  where location.id = note.location_id
  and location.id = any (of_locations)
  and note.expires_at > acting.as_of;
end
$$;
