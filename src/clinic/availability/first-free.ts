import { type SQL, sql } from 'drizzle-orm'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { onLocalClock } from '../local-clock.ts'
import type { Window } from './window.ts'

interface Wanted {
  visitTypeId: number
  specialty?: string | undefined
  locationId?: number | undefined
  doctorId?: number | undefined
  partOfDay?: keyof typeof clocks | undefined
  limit: number
  isOneEach?: boolean
  moved?: SQL | undefined
  after?: Key | undefined
  looksBeyond?: boolean
}

interface Key {
  startAt: Date
  load: number
  doctorId: number
  locationId: number
}

/** How many doctors times days one page searches at most: a week of 500 doctors, or one day of more. */
const mostDoctorDays = 3_500

/**
 * Searches day by day until the page is full, the window ends, or enough was searched: `resume_at` then says where the
 * next page begins. The window is cut to the visit type's horizon first, so that days beyond it cost nothing. Whether the
 * needs of the visit type can be met is asked once for each location and day, not for each doctor.
 *
 * One that looks beyond goes on after an empty window, up to the horizon, and stops at the first day with a free time. It
 * searches no more than any other: `searched_until` then says how far it got.
 */
export function firstFree({ actor, now }: ClinicContext, search: Wanted, { from, to }: Window): SQL {
  const { visitTypeId, locationId, limit, isOneEach, after, looksBeyond = false } = search
  const moved = search.moved ?? sql`null`
  const at = sql`${now.toISOString()}::timestamptz`
  const end = sql`(${to}::date + 1)::timestamp`
  const horizon = sql`((${at} at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp`
  const within = looksBeyond
    ? sql`case when day.is_beyond then candidate.beyond else candidate.within end`
    : sql`candidate.within`
  return sql`
    with recursive
    candidate as materialized (
      select
        doctor.id as doctor_id, doctor.name as doctor, work.location_id, location.time_zone,
        -- Of a doctor who could meet a need of another's appointment: they cannot meet one of their own.
        case when exists (
          select from candidates_for_needs(visit.id, work.location_id) helper
          where helper.doctor_id is not null
          and helper.resource_id = doctor.resource_id
        ) then doctor.resource_id end as except_resource,
        tstzrange(
          ${from}::date::timestamp at time zone location.time_zone,
          greatest(${from}::date::timestamp, least(${end}, ${horizon})) at time zone location.time_zone
        ) as within,
        tstzrange(
          ${end} at time zone location.time_zone, greatest(${end}, ${horizon}) at time zone location.time_zone
        ) as beyond
      from doctor_visit_types offer
      join visit_types visit on visit.id = offer.visit_type_id
      join doctors doctor on doctor.id = offer.doctor_id
      join locations location on location.id = doctor.location_id
      join doctor_locations work on work.doctor_id = doctor.id
      where offer.visit_type_id = ${visitTypeId}::bigint ${filter(search)}
      ${locationId === undefined ? sql`` : sql`and work.location_id = ${locationId}::bigint`}
    ),
    bounds as materialized (
      select
        min(lower(within)) as first_start, max(upper(within)) as last_end,
        greatest(min(lower(beyond)), ${at}) as first_beyond, max(upper(beyond)) as last_beyond,
        greatest(1, ${mostDoctorDays} / greatest(1, count(distinct doctor_id))) as most_days
      from candidate
      where not isempty(within)
    ),
    visit as materialized (
      select
        minutes * interval '1 minute' as lasting,
        exists (select from visit_type_needs where visit_type_id = visit.id) as has_needs
      from visit_types visit
      where id = ${visitTypeId}::bigint
    ),
    place as materialized (
      select distinct location_id, except_resource from candidate
    ),
    sweep (reached, days, found, slots, is_beyond) as (
      select
        greatest(first_start, ${at}, ${after?.startAt.toISOString() ?? null}::timestamptz), 0, 0, '[]'::jsonb, false
      from bounds
      union all
      select upper(day.during), sweep.days + 1, sweep.found + jsonb_array_length(page.slots), page.slots, day.is_beyond
      from sweep
      cross join bounds
      cross join lateral (
        select tstzrange(begins, begins + interval '1 day') as during, is_beyond
        from (
          select
            sweep.is_beyond or sweep.reached >= bounds.last_end as is_beyond,
            case when not sweep.is_beyond and sweep.reached >= bounds.last_end then bounds.first_beyond else sweep.reached end
              as begins
        ) turn
        offset 0
      ) day
      cross join lateral (
        select coalesce(jsonb_agg(to_jsonb(slot)), '[]') as slots
        from (
          select ${isOneEach ? sql`distinct on (slot.start_at)` : sql``} candidate.doctor_id, slot.*
          from (
            select place.*, case when visit.has_needs then starts_with_needs(
              ${visitTypeId}::bigint, place.location_id, day.during, visit.lasting, place.except_resource, ${at}, ${moved}
            ) end as starts
            from place
            cross join visit
            offset 0
          ) there
          join candidate
            on candidate.location_id = there.location_id
            and candidate.except_resource is not distinct from there.except_resource
          cross join lateral doctor_slots(
            candidate.doctor_id, candidate.location_id, ${visitTypeId}::bigint, (${within}) * day.during,
            ${isDesk(actor)}, ${at}, ${moved}
          ) slot
          where (${within}) && day.during
          and (there.starts is null or there.starts @> slot.start_at)
          ${after ? isBehind(after) : sql``}
          ${partOfDay(search)}
          order by slot.start_at, slot.load, candidate.doctor_id, slot.location_id
          limit ${limit + 1}
        ) slot
      ) page
      where sweep.found <= ${limit}
      and sweep.days < bounds.most_days
      and (
        not sweep.is_beyond and sweep.reached < bounds.last_end
        or ${looksBeyond} and sweep.found = 0 and case
          when sweep.is_beyond then sweep.reached else bounds.first_beyond
        end < bounds.last_beyond
      )
    ),
    ended as (
      select
        max(found) as found, max(reached) as reached, max(last_end) as last_end, max(last_beyond) as last_beyond,
        ${looksBeyond} and (bool_or(is_beyond) or max(found) = 0 and max(reached) >= max(last_end)) as is_beyond
      from sweep
      cross join bounds
    ),
    rest as (
      select
        is_beyond,
        case when found <= ${limit} and not is_beyond and reached < last_end then reached end as resume_at,
        case when found = 0 and is_beyond and reached < last_beyond then reached end as searched_until
      from ended
    )
    select slot.*, rest.resume_at, rest.is_beyond, rest.searched_until
    from rest
    left join (
      select
        candidate.doctor_id, candidate.doctor, location.id as location_id, location.name as location, location.time_zone,
        slot.start_at, slot.end_at, slot.load,
        ${onLocalClock(sql`slot.start_at`, sql`location.time_zone`)} as start_local,
        ${onLocalClock(sql`slot.end_at`, sql`location.time_zone`)} as end_local
      from sweep
      cross join lateral jsonb_to_recordset(sweep.slots)
        as slot (doctor_id bigint, location_id bigint, start_at timestamptz, end_at timestamptz, load bigint)
      join candidate on candidate.doctor_id = slot.doctor_id and candidate.location_id = slot.location_id
      join locations location on location.id = slot.location_id
      order by slot.start_at, slot.load, slot.doctor_id, slot.location_id
      limit ${limit + 1}
    ) slot on true
    order by slot.start_at, slot.load, slot.doctor_id, slot.location_id`
}

export function filter({
  specialty,
  locationId,
  doctorId,
}: Pick<Wanted, 'specialty' | 'locationId' | 'doctorId'>): SQL {
  return sql`
    and doctor.is_active
    and exists (
      select from doctor_locations work
      join locations place on place.id = work.location_id and place.is_active
      where work.doctor_id = doctor.id
      ${locationId === undefined ? sql`` : sql`and work.location_id = ${locationId}::bigint`}
    )
    ${specialty === undefined ? sql`` : sql`and doctor.specialty = ${specialty}::text`}
    ${doctorId === undefined ? sql`` : sql`and doctor.id = ${doctorId}::bigint`}`
}

/** Excludes the slot of the key itself, whose load may have grown since. */
function isBehind({ startAt, load, doctorId, locationId }: Key): SQL {
  const [start, doctor] = [sql`${startAt.toISOString()}::timestamptz`, sql`${doctorId}::bigint`]
  const location = sql`${locationId}::bigint`
  return sql`
    and (slot.start_at, slot.load, candidate.doctor_id, slot.location_id) > (${start}, ${load}::bigint, ${doctor}, ${location})
    and (slot.start_at, candidate.doctor_id, slot.location_id) <> (${start}, ${doctor}, ${location})`
}

const clocks = { morning: [0, 12], afternoon: [12, 17], evening: [17, 24] } as const

function partOfDay({ partOfDay }: Wanted): SQL {
  if (!partOfDay) return sql``
  const [begins, ends] = clocks[partOfDay]
  const hour = sql`extract(hour from slot.start_at at time zone candidate.time_zone)`
  return sql`and ${hour} >= ${begins} and ${hour} < ${ends}`
}
