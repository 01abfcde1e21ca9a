-- Chooses who and what meets the needs of an appointment's visit type. Each need gets, of those who are there and free, what
-- is `named`, or else what the appointment has already, or else the least loaded on that day, then by sort order; as long as
-- enough is left for the needs after it, so that all are met whenever they can be. Answers with these claims and the rest of
-- `named`; null when the needs cannot all be met, unless it `may_lack` some.
--
-- Call it after `take_turns_for_needs`: then nobody else chooses the same at that moment.
create or replace function pick_claims(wanted appointments, named claims[], may_lack boolean, as_of timestamptz)
returns claims[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with recursive
  need as materialized (
    select
      row_number() over (order by id)::integer as number, (count(*) over ())::integer as of_all, id,
      case type when 'role' then 'colleague' else type end as part, before_minutes, after_minutes, tstzrange(
        wanted.start_at - before_minutes * interval '1 minute', wanted.end_at + after_minutes * interval '1 minute'
      ) as during
    from visit_type_needs
    where visit_type_id = wanted.visit_type_id
  ),
  free as (
    select need.number, one.resource_id, min(one.doctor_id) as doctor_id, min(one.sort_order) as sort_order
    from need
    join candidates_for_needs(wanted.visit_type_id, wanted.location_id) one on one.need_id = need.id
    where one.resource_id <> (select resource_id from doctors where id = wanted.doctor_id)
    and case
      when one.doctor_id is not null then is_open_time(one.doctor_id, wanted.location_id, need.during)
        and not is_on_the_way(one.resource_id, wanted.location_id, need.during, as_of, wanted.id)
      else (select open.during @> need.during from open_time_of_resource(one.resource_id, need.during) open)
    end
    and not is_claimed(one.resource_id, need.during, as_of, wanted.id)
    group by need.number, one.resource_id
  ),
  -- As many as there are needs are always enough: the other needs cannot take them all.
  candidate as materialized (
    select *
    from (
      select free.*, row_number() over (
        partition by free.number
        order by
          free.resource_id = any (array(select resource_id from unnest(named))) desc,
          exists (select from claims where appointment_id = wanted.id and resource_id = free.resource_id) desc,
          (
            select count(*)
            from claims claim
            where claim.resource_id = free.resource_id
            and claim.during && local_day(wanted.start_at, (select time_zone from locations where id = wanted.location_id))
            and (claim.expires_at is null or claim.expires_at > as_of)
          ),
          free.sort_order,
          free.resource_id
      ) as place
      from free
    ) ranked
    where place <= (select count(*) from need)
  ),
  choice (reached, chosen) as (
    select 0, '{}'::bigint[]
    union all
    select need.number, choice.chosen || coalesce(best.resource_id, 0)
    from choice
    join need on need.number = choice.reached + 1
    left join lateral (
      select one.resource_id
      from candidate one
      where one.number = need.number
      and one.resource_id <> all (choice.chosen)
      and (may_lack or not exists (
        -- Any few of the needs still to come for which too few candidates would be left.
        select
        from generate_series(1, (1 << need.of_all - need.number) - 1) few
        where bit_count(few::bit(8)) > (
          select count(distinct other.resource_id)
          from candidate other
          where other.number > need.number
          and few & (1 << other.number - need.number - 1) <> 0
          and other.resource_id <> all (choice.chosen || one.resource_id)
        )
      ))
      order by one.place
      limit 1
    ) best on true
    where best.resource_id is not null
    or may_lack
  ),
  picked as materialized (
    select need.*, candidate.resource_id, candidate.doctor_id
    from (select chosen from choice order by reached desc limit 1) last
    cross join unnest(last.chosen) with ordinality as pick (resource_id, number)
    join need on need.number = pick.number
    join candidate on candidate.number = pick.number and candidate.resource_id = pick.resource_id
  )
  select array(
    select row(
      wanted.id, resource_id, part, doctor_id, id, before_minutes, after_minutes,
      case when doctor_id is not null then wanted.location_id end,
      claimed_time(wanted.status, wanted.start_at, wanted.end_at, before_minutes, after_minutes), wanted.hold_expires_at
    )::claims
    from picked
    union all
    select claim
    from unnest(named) claim
    where claim.resource_id <> all (array(select resource_id from picked))
  )
  where may_lack
  or (select count(*) from picked) = (select count(*) from need);
end;
