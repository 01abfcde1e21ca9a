import { type SQL, sql } from 'drizzle-orm'
import { type ClinicContext, locationsOf, personOf } from '../context.ts'
import { onLocalClock } from '../local-clock.ts'
import type { Cause, ExplainWish } from './explanation.ts'

export interface CauseRow extends Record<string, unknown> {
  rule: Cause['rule']
  id: string | null
  name: string | null
  kind: Cause['kind']
  doctor: string | null
  location: string | null
  start_at: string
  end_at: string
  start_local: string
  end_local: string
}

/** More than any day has that a person can read. */
const most = 100

/** Within a spring gap it may end before it begins, and is empty. */
const span = (starts: SQL, ends: SQL) => sql`tstzrange(
  ${starts} at time zone day.time_zone,
  greatest(${starts} at time zone day.time_zone, ${ends} at time zone day.time_zone)
)`

/** In order. Names are of the appointments at the locations that the person is bound to. */
export function causesOf({ actor, now }: ClinicContext, wish: ExplainWish): SQL {
  const { doctorId, visitTypeId, locationId = null, on } = wish
  const bound = locationsOf(personOf(actor))
  const isOwn = (location: SQL) =>
    bound ? sql`coalesce(${location} = any (${`{${bound}}`}::bigint[]), true)` : sql`true`
  const isSeen = isOwn(sql`claim.location_id`)
  const isLive = sql`(claim.expires_at is null or claim.expires_at > ${now.toISOString()}::timestamptz)`
  return sql`
    with day as materialized (
      select doctor.resource_id, location.time_zone, tstzrange(
        ${on}::date::timestamp at time zone location.time_zone, (${on}::date + 1)::timestamp at time zone location.time_zone
      ) as during
      from doctors doctor
      join locations location on location.id = doctor.location_id
      where doctor.id = ${doctorId}::bigint
    ),
    work as materialized (
      select place.id, place.name
      from doctor_locations pair
      join locations place on place.id = pair.location_id
      where pair.doctor_id = ${doctorId}::bigint
      and (${locationId}::bigint is null or place.id = ${locationId}::bigint)
    ),
    cause as (
      select 'hours' as rule, null::bigint as id, null as name, null as kind, null as doctor, work.name as location, piece as during
      from work
      cross join day
      cross join lateral hours_of_doctor(${doctorId}::bigint, work.id, day.during) hours
      cross join unnest(hours.during) piece
      union all
      select
        'time_off', off.id, case when ${isOwn(sql`off.location_id`)} then off.reason end, off.kind, null, (select name from locations where id = off.location_id),
        ${span(sql`off.starts_at`, sql`off.ends_at`)}
      from day
      join time_off off on off.doctor_id = ${doctorId}::bigint
      where off.ends_at > ${on}::date
      and off.starts_at < ${on}::date + 1
      and (off.location_id is null or off.location_id in (select id from work))
      union all
      select
        'closures', closure.id, closure.reason, null, null, work.name,
        ${span(sql`closure.starts_at`, sql`closure.ends_at`)}
      from day
      cross join work
      join closures closure on closure.location_id = work.id
      where closure.ends_at > ${on}::date
      and closure.starts_at < ${on}::date + 1
      union all
      select
        'appointments', case when ${isSeen} then claim.appointment_id end, case when ${isSeen} then patient.name end,
        null, null, place.name, tstzrange(one.start_at, one.end_at)
      from day
      join claims claim on claim.resource_id = day.resource_id and claim.during && day.during and ${isLive}
      join appointments one on one.id = claim.appointment_id
      left join patients patient on patient.id = one.patient_id
      left join locations place on place.id = claim.location_id
      union all
      select distinct 'travel', null::bigint, place.name, null, null, work.name, claim.during
      from day
      cross join work
      join claims claim on claim.resource_id = day.resource_id and claim.during && day.during and ${isLive}
      join travel_times way
        on way.one_location_id = least(claim.location_id, work.id)
        and way.other_location_id = greatest(claim.location_id, work.id)
      join locations place on place.id = claim.location_id
      union all
      select distinct
        'needs', null::bigint, coalesce(thing.name, helper.name), null,
        case when claim.part <> 'doctor' then doctor.name end, work.name, claim.during
      from day
      cross join work
      cross join lateral candidates_for_needs(${visitTypeId}::bigint, work.id) one
      join claims claim on claim.resource_id = one.resource_id and claim.during && day.during and ${isLive}
      join appointments taking on taking.id = claim.appointment_id
      join doctors doctor on doctor.id = taking.doctor_id
      left join resources thing on thing.id = one.resource_id
      left join doctors helper on helper.id = one.doctor_id
      where one.resource_id <> day.resource_id
    )
    select
      cause.rule, cause.id, cause.name, cause.kind, cause.doctor, cause.location,
      lower(cause.during) as start_at, upper(cause.during) as end_at,
      ${onLocalClock(sql`lower(cause.during)`, sql`day.time_zone`)} as start_local,
      ${onLocalClock(sql`upper(cause.during)`, sql`day.time_zone`)} as end_local
    from cause
    cross join day
    where not isempty(cause.during)
    order by lower(cause.during), cause.id
    limit ${most}`
}

export const toCause = (row: CauseRow): Cause => ({
  rule: row.rule,
  id: row.id === null ? null : Number(row.id),
  name: row.name,
  kind: row.kind,
  doctor: row.doctor,
  location: row.location,
  startAt: new Date(row.start_at),
  endAt: new Date(row.end_at),
  startLocal: row.start_local,
  endLocal: row.end_local,
})
