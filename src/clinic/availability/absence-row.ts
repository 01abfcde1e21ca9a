import { type SQL, sql } from 'drizzle-orm'
import { closures } from '../../../drizzle/schema/closures.ts'
import { resourceAbsences } from '../../../drizzle/schema/resource-absences.ts'
import { timeOff, timeOffKinds } from '../../../drizzle/schema/time-off.ts'
import type { ClinicContext } from '../context.ts'
import { type Absentee, absenceReachOf } from './absence-reach.ts'

/** Time off, a closure or an absence of a room or device, in local times such as `2026-12-24T12:00` and as instants. */
export interface Absence {
  id: number
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
  /** Of time off: the location where the doctor is away; null means all of theirs. */
  locationId?: number | null
  /** Of time off: they are away, busy here, or kept in reserve: then only the front desk books. */
  kind?: TimeOffKind
  /** Of a block or a reserve, its name. */
  reason: string | null
  /** Appointments at that time. They stay booked; staff have to call the patients. */
  appointmentIds: number[]
}

export const kinds = {
  doctor: {
    table: timeOff,
    subject: 'time_off',
    noun: 'time off',
    appointments: sql`appointments_of_doctor`,
  },
  location: {
    table: closures,
    subject: 'closure',
    noun: 'closure',
    appointments: sql`appointments_at_location`,
  },
  resource: {
    table: resourceAbsences,
    subject: 'resource_absence',
    noun: 'absence',
    appointments: sql`appointments_of_resource`,
  },
} as const satisfies Record<Absentee, unknown>

export { timeOffKinds }

export type TimeOffKind = (typeof timeOffKinds)[number]

/** What a happening needs to know of an absence. */
export type ToldRow = {
  id: string
  absentee_id: string
  location_ids: number[]
  first_day: string
  last_day: string
}

export type AbsenceRow = ToldRow & {
  /** Whether this transaction entered the absence, or changed its reason. */
  is_new: boolean
  is_changed: boolean
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  time_zone: string
  /** Only of time off. */
  location_id?: string | null
  kind?: TimeOffKind
  reason: string | null
  appointment_ids: number[]
}

/** The columns of a `ToldRow`. An absence that ends at midnight does not touch the next day. */
export function toldColumns(absentee: Absentee, absenteeId: number): SQL {
  return sql`
    id,
    ${absenteeId}::bigint as absentee_id,
    ${locationsOf(absentee, absenteeId)} as location_ids,
    to_char(starts_at, 'YYYY-MM-DD') as first_day,
    to_char(ends_at - interval '1 microsecond', 'YYYY-MM-DD') as last_day`
}

/** All those where it changes free time. */
function locationsOf(absentee: Absentee, absenteeId: number): SQL {
  if (absentee !== 'doctor') return sql`jsonb_build_array(${locationOf(absentee, absenteeId)})`
  return sql`(
    select jsonb_agg(work.location_id order by work.location_id)
    from doctor_locations work
    where work.doctor_id = ${absenteeId}::bigint
    and work.location_id = coalesce(time_off.location_id, work.location_id)
  )`
}

function locationOf(absentee: Absentee, absenteeId: number): SQL {
  if (absentee === 'location') return sql`${absenteeId}::bigint`
  return sql`(select location_id from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint)`
}

/** Ends inside its `where`, so that callers can add conditions. */
export function selectAbsences(ctx: ClinicContext, absentee: Absentee, absenteeId: number): SQL {
  const { now } = ctx
  const { table, appointments } = kinds[absentee]
  const { seesAppointment } = absenceReachOf(ctx, absentee, absenteeId)
  return sql`
    select
      reason,
      -- "on conflict do update" locks the row first, which leaves a mark in xmax; an inserted row has none.
      ${table}.xmax = 0 as is_new,
      ${table}.xmin = own.xid as is_changed,
      ${toldColumns(absentee, absenteeId)},
      to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      starts_at at time zone place.time_zone as start_at,
      ends_at at time zone place.time_zone as end_at,
      place.time_zone,
      ${absentee === 'doctor' ? sql`time_off.location_id, time_off.kind,` : sql``}
      (
        select coalesce(json_agg(one.id order by one.start_at, one.id), '[]')
        from (
          select
            ${table}.starts_at at time zone place.time_zone as begins_at,
            ${table}.ends_at at time zone place.time_zone as ends_at
        ) away
        cross join lateral ${appointments}(
          -- Within a spring gap it may end before it begins, and is empty.
          ${absenteeId}::bigint, tstzrange(away.begins_at, greatest(away.begins_at, away.ends_at)),
          ${now.toISOString()}::timestamptz
        ) one
        where ${absentee === 'doctor' ? sql`(time_off.location_id is null or one.location_id = time_off.location_id)` : sql`true`}
        and ${seesAppointment}
      ) as appointment_ids
    from ${table}
    cross join (select coalesce(pg_current_xact_id_if_assigned()::xid, '0') as xid) own
    cross join (select time_zone from locations where id = ${locationOf(absentee, absenteeId)}) place
    where ${sql.identifier(`${absentee}_id`)} = ${absenteeId}::bigint`
}

export function toAbsence(row: AbsenceRow): Absence {
  return {
    id: Number(row.id),
    startAt: new Date(row.start_at),
    endAt: new Date(row.end_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    timeZone: row.time_zone,
    ...(row.location_id !== undefined && {
      locationId: row.location_id === null ? null : Number(row.location_id),
    }),
    ...(row.kind && { kind: row.kind }),
    reason: row.reason,
    appointmentIds: row.appointment_ids,
  }
}

/** Notes the appointments at the time of what this transaction entered or changed: somebody has to look at each of them. */
export function noteStranded({ now }: ClinicContext, absentee: Absentee, absenteeId: number): SQL {
  const { table, appointments } = kinds[absentee]
  return sql`
    select notice_stranded(array(
      select one.id
      from ${table}
      cross join (select time_zone from locations where id = ${locationOf(absentee, absenteeId)}) place
      cross join lateral ${appointments}(
        ${absenteeId}::bigint,
        tstzrange(
          starts_at at time zone place.time_zone,
          greatest(starts_at at time zone place.time_zone, ends_at at time zone place.time_zone)
        ),
        ${now.toISOString()}::timestamptz
      ) one
      where ${table}.${sql.identifier(`${absentee}_id`)} = ${absenteeId}::bigint
      and ${table}.xmin = pg_current_xact_id_if_assigned()::xid
    ))`
}
