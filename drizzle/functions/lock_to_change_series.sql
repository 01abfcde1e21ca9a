-- Locks what changing the appointments of a series needs, before any of them is changed, in the steps and the order of
-- `lock_to_change`: every turn, then the appointments and the expired holds that are in their way. Locked one appointment after
-- the other, two rooms, or two days of one room, could be asked for in one order here and in the other by someone else, and
-- both would wait for ever.
create or replace function lock_to_change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  taking bigint[];
  step record;
  expired bigint[] := '{}';
begin
  -- While this waits, someone may change an appointment of the series and with it what has to be asked for. Once its doctors'
  -- turns are taken, nobody can. What a subtransaction took is given back with it.
  loop
    begin
      perform pg_advisory_xact_lock(hashtext('series'));
      taking := taken_by_series(of_series, wanted.doctor_id);
      perform take_turns_in_series(taking);
      exit when taken_by_series(of_series, wanted.doctor_id) <@ taking;
      raise exception 'The series has just taken something else.' using errcode = 'AL425';
    exception when sqlstate 'AL425' then
      -- Again, with what it takes now.
    end;
  end loop;
  if is_move then
    perform take_turns_for_needs(array_agg(work.location_id), array_agg(
      tstzrange(moved.start_at, moved.start_at + interval '8 hours')
    ))
    from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting) asked
    join appointments one on one.id = any (asked.ids)
    join locations former on former.id = one.location_id
    join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    join locations location on location.id = doctor.location_id
    join doctor_locations work on work.doctor_id = doctor.id
    cross join lateral instant_at(
      to_char((one.start_at at time zone former.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI'), location.time_zone
    ) moved (start_at)
    where change.resource_ids is not null
    or exists (
      select from visit_type_needs where visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
    );
    perform
    from doctor_visit_types offer
    join visit_types visit on visit.id = offer.visit_type_id and visit.daily_cap is not null
    where (offer.doctor_id, offer.visit_type_id) in (
      select coalesce(wanted.doctor_id, one.doctor_id), one.visit_type_id
      from appointments one
      where one.series_id = of_series
    )
    order by offer.doctor_id, offer.visit_type_id
    for no key update of offer;
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  if is_move then
    perform take_turns_to_travel(taking || array(
      select doctor.resource_id
      from appointments one
      join visit_type_needs need on need.visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
      join doctors doctor on doctor.role = need.role
      where one.series_id = of_series
    ));
    for step in
      select one.id, to_char((one.start_at at time zone former.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI') as starts
      from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting) asked
      join appointments one on one.id = any (asked.ids)
      join locations former on former.id = one.location_id
    loop
      wanted.id := step.id;
      change.starts := step.starts;
      expired := expired || holds_to_change(wanted, change, acting);
    end loop;
  end if;
  perform
  from appointments one
  where one.id = any (expired || array(select id from appointments where series_id = of_series))
  order by one.id
  for update;
end
$$;
