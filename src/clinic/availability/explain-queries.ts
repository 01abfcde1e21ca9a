import { type SQL, sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { onLocalClock } from '../local-clock.ts'
import type { SnakeKeys } from '../snake-case.ts'
import type { ExplainWish, SearchRule, Span, Terms } from './explanation.ts'
import { firstFree } from './first-free.ts'

export interface FactsRow extends Record<string, unknown> {
  is_in_reach: boolean
  doctor: { id: number; name: string }
  /** Null when there is none with that id. */
  visit_type: { id: number; name: string } | null
  /** Where the doctor works, or the one that was named; null when they do not work there. */
  locations: { id: number; name: string }[] | null
  time_zone: string
  doctor_is_active: boolean
  location_is_active: boolean
  visit_type_is_active: boolean
  bookable_online: boolean
  is_group: boolean
  is_offered: boolean
  terms: SnakeKeys<Terms>
}

export interface StepRow extends Record<string, unknown> {
  rule: SearchRule
  minutes: number
  remaining: SnakeKeys<Span>[]
  taken: SnakeKeys<Span>[]
  starts: SnakeKeys<Span>[] | null
}

export interface InsteadRow extends Record<string, unknown> {
  id: string
  name: string
  start_local: string
}

const isByDesk = ({ by }: ExplainWish) => by === 'front_desk'

/** @param bound the locations that the person is bound to; null for all. */
export function factsOf({ now }: ClinicContext, wish: ExplainWish, bound: number[] | null): SQL {
  const { doctorId, visitTypeId, locationId = null, on } = wish
  const at = sql`${now.toISOString()}::timestamptz`
  const isOwn = bound ? sql`place.id = any (${`{${bound}}`}::bigint[])` : sql`true`
  const notice = isByDesk(wish) ? sql`0` : sql`visit.notice_minutes`
  return sql`
    select
      work.is_in_reach, work.locations, work.is_active as location_is_active, location.time_zone,
      json_build_object('id', doctor.id, 'name', doctor.name) as doctor, doctor.is_active as doctor_is_active,
      case when visit.id is not null then json_build_object('id', visit.id, 'name', visit.name) end as visit_type,
      visit.is_active as visit_type_is_active, visit.bookable_online, visit.capacity is not null as is_group,
      exists (
        select from doctor_visit_types offer where offer.doctor_id = doctor.id and offer.visit_type_id = visit.id
      ) as is_offered,
      json_build_object(
        'minutes', visit.minutes,
        'buffer_before_minutes', visit.buffer_before_minutes,
        'buffer_after_minutes', visit.buffer_after_minutes,
        'notice_minutes', ${notice},
        'horizon_days', visit.horizon_days,
        'daily_cap', case when not ${isByDesk(wish)} then visit.daily_cap end,
        'grid_minutes', doctor.grid_minutes,
        'booked', (
          select load.of_that_type
          from load_within(doctor.id, visit.id, tstzrange(
            ${on}::date::timestamp at time zone location.time_zone,
            (${on}::date + 1)::timestamp at time zone location.time_zone
          ), ${at}) load
        ),
        'earliest_local', ${onLocalClock(sql`${at} + ${notice} * interval '1 minute'`, sql`location.time_zone`)},
        'last_day', to_char((${at} at time zone location.time_zone)::date + visit.horizon_days, 'YYYY-MM-DD')
      ) as terms
    from doctors doctor
    join locations location on location.id = doctor.location_id
    left join visit_types visit on visit.id = ${visitTypeId}::bigint
    cross join lateral (
      select
        bool_or(${isOwn}) as is_in_reach,
        bool_or(place.is_active) filter (where place.id = coalesce(${locationId}::bigint, place.id)) as is_active,
        json_agg(json_build_object('id', place.id, 'name', place.name) order by place.id)
          filter (where place.id = coalesce(${locationId}::bigint, place.id)) as locations
      from doctor_locations pair
      join locations place on place.id = pair.location_id
      where pair.doctor_id = doctor.id
    ) work
    where doctor.id = ${doctorId}::bigint`
}

/** One row for each rule, in order. */
export function stepsOf({ now }: ClinicContext, wish: ExplainWish): SQL {
  const { doctorId, visitTypeId, locationId = null, on } = wish
  return sql`
    select
      step.rule, ${spansOf(sql`step.remaining`)} as remaining, ${spansOf(sql`step.taken`)} as taken,
      (
        select coalesce(extract(epoch from sum(upper(piece) - lower(piece))) / 60, 0)::integer
        from unnest(step.remaining) piece
      ) as minutes,
      (
        select json_agg(${spanOf(sql`free.at`, sql`free.at + visit.minutes * interval '1 minute'`)} order by free.at)
        from unnest(step.starts) free (at)
      ) as starts
    from explain_free_time(
      ${doctorId}::bigint, ${locationId}::bigint, ${visitTypeId}::bigint, ${on}::date, ${isByDesk(wish)},
      ${now.toISOString()}::timestamptz
    ) step
    cross join (
      select location.time_zone
      from doctors doctor
      join locations location on location.id = doctor.location_id
      where doctor.id = ${doctorId}::bigint
    ) clock
    cross join (select minutes from visit_types where id = ${visitTypeId}::bigint) visit
    order by step.place`
}

const spansOf = (during: SQL) => sql`(
  select coalesce(json_agg(${spanOf(sql`lower(piece)`, sql`upper(piece)`)} order by piece), '[]')
  from unnest(${during}) piece
)`

const spanOf = (starts: SQL, ends: SQL) => sql`json_build_object(
  'start_at', ${starts}, 'end_at', ${ends},
  'start_local', ${onLocalClock(starts, sql`clock.time_zone`)}, 'end_local', ${onLocalClock(ends, sql`clock.time_zone`)}
)`

/** The search of everyone, as far as the horizon goes. */
export function nextAfter(ctx: ClinicContext, wish: ExplainWish): SQL {
  const { doctorId, visitTypeId, locationId, on } = wish
  const later = (days: number) => new Date(Date.parse(on) + days * day).toISOString().slice(0, 10)
  const actor = isByDesk(wish) ? ctx.actor : ({ kind: 'anonymous' } as const)
  return firstFree(
    { ...ctx, actor },
    { doctorId, visitTypeId, locationId, limit: 0 },
    { from: later(1), to: later(longestHorizon) },
  )
}

const day = 24 * 60 * 60 * 1000
/** In days. */
const longestHorizon = 3650
const enoughInstead = 3

export function insteadOf({ now }: ClinicContext, wish: ExplainWish): SQL {
  const { doctorId, visitTypeId, locationId = null, on } = wish
  return sql`
    select visit.id, visit.name, ${onLocalClock(sql`first.start_at`, sql`clock.time_zone`)} as start_local
    from (
      select location.time_zone, tstzrange(
        ${on}::date::timestamp at time zone location.time_zone, (${on}::date + 1)::timestamp at time zone location.time_zone
      ) as during
      from doctors doctor
      join locations location on location.id = doctor.location_id
      where doctor.id = ${doctorId}::bigint
    ) clock
    cross join doctor_visit_types offer
    join visit_types visit on visit.id = offer.visit_type_id
    cross join lateral (
      select slot.start_at
      from open_slots(
        ${doctorId}::bigint, ${locationId}::bigint, visit.id, clock.during, ${isByDesk(wish)},
        ${now.toISOString()}::timestamptz, null
      ) slot
      order by slot.start_at
      limit 1
    ) first
    where offer.doctor_id = ${doctorId}::bigint
    and offer.visit_type_id <> ${visitTypeId}::bigint
    order by visit.minutes desc, visit.id
    limit ${enoughInstead}`
}
