-- Corrects the time zone of a location, and of those that are to go with it, or nothing. `keeps` says what stays the same of
-- appointments ahead: `clock_time` moves them to another instant, `instant` leaves them where they are, at another clock time.
--
-- Answers with an object: `refusal`, with what it is about, or `stranded`, the ids of appointments that no longer fit the hours.
-- Hours, time off and closures are clock times, so they stay as they are written.
--
-- The caller has locked out bookings. Runs with the owner's rights: the Worker's database role may not write appointments, so
-- that each change has its event. `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function correct_time_zone(
  of_location bigint, together_with bigint[], new_zone text, keeps text, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  places constant bigint[] := array(
    select id from locations
    where id = any (of_location || together_with)
    and time_zone <> new_zone
    order by id
  );
  moving bigint[];
  conflicts jsonb;
  expired bigint[];
  hold bigint;
  stranded bigint[] := '{}';
  on_purpose bigint[];
begin
  if not exists (select from pg_timezone_names where name = new_zone) then
    return jsonb_build_object('refusal', 'not_a_zone');
  end if;
  if exists (select from unnest(together_with) other (id) where other.id not in (select id from locations)) then
    return jsonb_build_object('refusal', 'unknown');
  end if;
  if places = '{}' then
    return jsonb_build_object('stranded', stranded);
  end if;
  if exists (
    select from locations_on_one_clock(places) other
    join locations on locations.id = other.id
    where locations.time_zone <> new_zone
    and other.id <> all (places)
  ) then
    return jsonb_build_object('refusal', 'doctors_elsewhere', 'locations', others_on_one_clock(places, new_zone));
  end if;

  moving := array(select id from clock_times_in_zone(places, new_zone, acting.as_of));
  -- In the order in which everyone else locks: sessions first, then by id.
  perform from appointments where id = any (moving) and capacity is not null order by id for no key update;
  perform from appointments where id = any (moving) order by id for no key update;

  if keeps is null and exists (
    select from appointments one
    where one.id = any (moving)
    and still_stands(one, acting.as_of)
    and one.end_at > acting.as_of
  ) then
    return jsonb_build_object('refusal', 'keeps_needed', 'concerned', concerned_by_zone(places, new_zone, acting.as_of));
  end if;

  if keeps = 'instant' then
    on_purpose := array(
      select one.id from appointments one
      where one.id = any (moving)
      and one.override_reason is not null
      and what_strands(one) <> '[]'
    );
  else
    conflicts := (select jsonb_agg(conflict) from conflicts_in_zone(places, new_zone, acting.as_of) conflict);
    expired := lock_holds(
      moving || array(select (conflict ->> 'other_id')::bigint from jsonb_array_elements(conflicts) conflict), null, acting
    );
    foreach hold in array expired loop
      perform release_hold(hold, acting);
    end loop;
    if expired <> '{}' and conflicts is not null then
      conflicts := (select jsonb_agg(conflict) from conflicts_in_zone(places, new_zone, acting.as_of) conflict);
    end if;
    if conflicts is not null then
      return jsonb_build_object('refusal', 'clock_times_taken') || named_conflicts(conflicts);
    end if;
    perform keep_clock_times(places, new_zone, acting);
  end if;
  perform time_messages_anew(places, new_zone, acting.as_of);
  update locations set time_zone = new_zone where id = any (places);
  if keeps = 'instant' then
    stranded := array(
      select one.id from appointments one
      where one.id = any (moving)
      and one.id <> all (on_purpose)
      and still_stands(one, acting.as_of)
      and one.end_at > acting.as_of
      and what_strands(one) <> '[]'
      order by one.start_at, one.id
    );
    perform notice_stranded(stranded);
  end if;
  return jsonb_build_object('stranded', stranded);
end
$$;
