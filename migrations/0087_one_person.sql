-- Trigger: keeps the claims of an appointment in step with its row, whatever wrote it. A function that begins an appointment
-- takes its claims first, to be told without an error when one is refused.
--
-- Runs with the owner's rights: whoever may write an appointment's row need not be able to write claims. `pg_temp` comes last,
-- or a caller's temporary tables would stand in for the clinic's.
create or replace function keep_claims() returns trigger
language plpgsql
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from claims where appointment_id = new.id) then
      insert into claims select claim.* from claims_of(new) claim order by claim.resource_id;
    end if;
  else
    perform renew_claims(new.id, array(
      select case when former.resource_id is null then claim else row(
        claim.appointment_id, former.resource_id, claim.part, claim.doctor_id, claim.need_id, claim.before_minutes,
        claim.after_minutes, claim.location_id, claim.during, claim.expires_at
      )::claims end
      from claims_of(new) claim
      -- What was over when its doctor and another became one person keeps the resource it had.
      left join claims former
        on former.appointment_id = claim.appointment_id
        and former.part = 'doctor'
        and former.doctor_id = claim.doctor_id
        and former.during = claim.during
      union all
      select claim from other_claims_of(new) claim
    ));
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Makes two rows of doctors the same person, so that neither can be booked while the other is: they share one resource. With
-- `other` null, parts the row from the rest. What is ahead moves to the new resource; what is over stays where it was, so
-- that times which were given twice in the past stand in nobody's way.
--
-- Answers with the appointments that would be at the same time, or too near to each other for the way between them; then
-- nothing has changed. Null when there is no such doctor. The caller has locked out bookings.
--
-- Runs with the owner's rights: the Worker's database role may not write claims.
create or replace function share_resource(of_doctor bigint, other bigint, acting acting) returns bigint[]
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  own constant bigint := (select resource_id from doctors where id = of_doctor);
  wanted bigint := (select resource_id from doctors where id = other);
  is_alone constant boolean := not exists (select from doctors where resource_id = own and id <> of_doctor);
  hold bigint;
  in_the_way bigint[];
begin
  perform require_authority(acting);
  if own is null or other is not null and wanted is null then
    return null;
  end if;
  if own = wanted or other is null and is_alone then
    return '{}';
  end if;
  if other is null then
    wanted := nextval('resource_ids');
    update claims
    set resource_id = wanted
    where resource_id = own
    and doctor_id = of_doctor
    and (during is null or upper(during) > acting.as_of);
    update doctors set resource_id = wanted where id = of_doctor;
    return '{}';
  end if;
  for hold in
    select id
    from appointments
    where id = any (array(
      select appointment_id
      from claims
      where resource_id = any (array[own, wanted])
      and during is not null
      and expires_at <= acting.as_of
    ))
    and status = 'pending'
    and hold_expires_at <= acting.as_of
    order by id
    for update
  loop
    perform release_hold(hold, acting);
  end loop;
  in_the_way := array(
    select distinct id
    from claims mine
    left join lateral travel_from(mine.location_id) travel on mine.location_id is not null
    join claims theirs
      on theirs.resource_id = wanted
      and theirs.during && tstzrange(
        lower(mine.during) - coalesce(travel.longest, interval '0'), upper(mine.during) + coalesce(travel.longest, interval '0')
      )
    left join travel_times way
      on way.one_location_id = least(mine.location_id, theirs.location_id)
      and way.other_location_id = greatest(mine.location_id, theirs.location_id)
      and mine.location_id <> theirs.location_id
    cross join lateral (values (mine.appointment_id), (theirs.appointment_id)) pair (id)
    where mine.resource_id = own
    -- One that is over may overlap with one that is not. No claim is as long as a day.
    and mine.during && tstzrange(acting.as_of - interval '2 days', null)
    and greatest(upper(mine.during), upper(theirs.during)) > acting.as_of
    and (theirs.during && mine.during or theirs.during && tstzrange(
      lower(mine.during) - way.minutes * interval '1 minute', upper(mine.during) + way.minutes * interval '1 minute'
    ))
    order by id
  );
  if in_the_way = '{}' then
    update claims
    set resource_id = wanted
    where resource_id = own
    and (during is null or upper(during) > acting.as_of)
    and not exists (
      select from claims already
      where already.appointment_id = claims.appointment_id
      and already.resource_id = wanted
    );
    update doctors set resource_id = wanted where resource_id = own;
  end if;
  return in_the_way;
end
$$;
