-- What is in the way of keeping the clock times of these locations in another zone: appointments ahead whose clock time a night
-- skips there (`no_such_time`), and those that would then take someone or something that another appointment has, elsewhere
-- or at that time. `other_id` is that one. What both take decides who they are in conflict about.
create or replace function conflicts_in_zone(of_locations bigint[], new_zone text, as_of timestamptz)
returns table (id bigint, reason text, other_id bigint)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  moving as materialized (
    select one.id, one.start_at, one.end_at, one.status, clock.moves_to, clock.exists_there,
      still_stands(one, as_of) and one.end_at > as_of as is_ahead
    from clock_times_in_zone(of_locations, new_zone, as_of) clock
    join appointments one on one.id = clock.id
  ),
  mine as materialized (
    select moving.id, claim.resource_id, claim.part, claim.location_id, claimed_time(
      moving.status, moving.moves_to, moving.moves_to + (moving.end_at - moving.start_at), claim.before_minutes,
      claim.after_minutes
    ) as during
    from moving
    join claims claim on claim.appointment_id = moving.id
    where claim.during is not null
  ),
  beside as (
    select
      mine.id, mine.part, mine.during, lag(mine.id) over taken as former_id, lag(mine.during) over taken as former_during
    from mine
    window taken as (partition by mine.resource_id order by lower(mine.during), mine.id)
  ),
  collision as (
    select mine.id, mine.part, other.appointment_id as other_id
    from mine
    join claims other on other.resource_id = mine.resource_id and other.during && mine.during
    left join moving on moving.id = other.appointment_id
    where moving.id is null
    union all
    select beside.id, beside.part, beside.former_id
    from beside
    where beside.during && beside.former_during
    union all
    -- Everyone else's locations move with them, but one person may have entries in two zones.
    select mine.id, 'way', null
    from mine
    where mine.location_id is not null
    and exists (select from travel_times)
    and exists (
      select from doctors person
      join doctor_locations work on work.doctor_id = person.id
      where person.resource_id = mine.resource_id
      and work.location_id <> all (of_locations)
    )
    and is_on_the_way(mine.resource_id, mine.location_id, mine.during, as_of, mine.id)
  )
  select moving.id, 'no_such_time', null
  from moving
  where moving.is_ahead
  and not moving.exists_there
  union all
  select collision.id, min(case
    when collision.part in ('patient', 'companion') then 'patient_busy'
    when collision.part in ('doctor', 'colleague', 'way') then 'slot_taken'
    else 'resource_taken'
  end), collision.other_id
  from collision
  group by collision.id, collision.other_id;
end;
