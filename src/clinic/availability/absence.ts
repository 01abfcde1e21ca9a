import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { closures } from '../../../drizzle/schema/closures.ts'
import { resourceAbsences } from '../../../drizzle/schema/resource-absences.ts'
import { timeOff } from '../../../drizzle/schema/time-off.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, remark, wallClock } from '../shapes.ts'
import { lockOutBookings } from '../stranded.ts'

const longest = 731 * 24 * 60 * 60 * 1000
const lengthOf = (absence: { startLocal: string; endLocal: string }) =>
  Date.parse(`${absence.endLocal}Z`) - Date.parse(`${absence.startLocal}Z`)

/** `[startLocal, endLocal)` on the location's wall clock; at most two years long. */
export const absenceInput = closed({
  startLocal: wallClock,
  endLocal: wallClock,
  /** Shown to staff only. */
  reason: remark.optional(),
})
  .refine((absence) => lengthOf(absence) > 0, { path: ['endLocal'], error: () => 'not_after_opening' })
  .refine((absence) => lengthOf(absence) <= longest, { path: ['endLocal'], error: () => 'absence_too_long' })

export type AbsenceInput = z.infer<typeof absenceInput>

/** Time off, a closure or an absence of a room or device, in local times such as `2026-12-24T12:00` and as instants. */
export interface Absence {
  id: number
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
  reason: string | null
  /** Appointments at that time. They stay booked; staff have to call the patients. */
  appointmentIds: number[]
}

/** A doctor takes time off; a location is closed; a room or device is out of order. */
const kinds = {
  doctor: { table: timeOff, noun: 'time off', appointments: sql`appointments_of_doctor` },
  location: { table: closures, noun: 'closure', appointments: sql`appointments_at_location` },
  resource: { table: resourceAbsences, noun: 'absence', appointments: sql`appointments_of_resource` },
} as const

export type Absentee = keyof typeof kinds

/**
 * Enters an absence, in one trip. Entering it again keeps its reason unless a new one is given.
 *
 * @throws NotFound for an unknown doctor, location or resource.
 */
export async function enterAbsence(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  { startLocal, endLocal, reason }: AbsenceInput,
): Promise<Absence> {
  const { table } = kinds[absentee]
  const owner = sql.identifier(`${absentee}_id`)
  const [[row]] = await sendIdempotently<[AbsenceRow]>(ctx, [
    lockOutBookings,
    sql`
      insert into ${table} (${owner}, starts_at, ends_at, reason)
      select id, ${startLocal}::timestamp, ${endLocal}::timestamp, ${reason ?? null}
      from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint
      on conflict (${owner}, ends_at, starts_at) do update set reason = excluded.reason
      where excluded.reason <> coalesce(${table}.reason, '')`,
    // A separate statement, so that it sees every booking made while we waited for the lock.
    {
      rows: sql`
        ${selectAbsences(ctx, absentee, absenteeId)}
        and starts_at = ${startLocal}::timestamp and ends_at = ${endLocal}::timestamp`,
    },
  ])
  if (!row) throw new NotFound(absentee)
  if (row.is_new) tellAbsence(ctx, absentee, 'entered', row)
  else if (row.is_changed) tellAbsence(ctx, absentee, 'changed', row)
  return toAbsence(row)
}

function tellAbsence(ctx: ClinicContext, absentee: Absentee, verb: AbsenceVerb, row: ToldRow): void {
  const [id, locationId] = [Number(row.id), Number(row.location_id)]
  const days = { from: row.first_day, to: row.last_day }
  const absenteeId = Number(row.absentee_id)
  const deed = deedOf(ctx)
  if (absentee === 'doctor')
    ctx.tell({ kind: `time_off.${verb}`, timeOffId: id, doctorId: absenteeId, locationId, ...days, ...deed })
  else if (absentee === 'location')
    ctx.tell({ kind: `closure.${verb}`, closureId: id, locationId, ...days, ...deed })
  else
    ctx.tell({
      kind: `resource_absence.${verb}`,
      absenceId: id,
      resourceId: absenteeId,
      locationId,
      ...days,
      ...deed,
    })
}

type AbsenceVerb = 'entered' | 'changed' | 'withdrawn'

/** Current and future absences, by their end, in one trip. @throws NotFound for an unknown doctor, location or resource. */
export async function findAbsences(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
): Promise<Absence[]> {
  const { db, now } = ctx
  // No location's clock is a whole day behind UTC.
  const yesterday = sql`(${now.toISOString()}::timestamptz at time zone 'UTC') - interval '1 day'`
  const [known, found] = await db.batch([
    db.execute(sql`select from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint`),
    db.execute<AbsenceRow>(sql`
      ${selectAbsences(ctx, absentee, absenteeId)} and ends_at > ${yesterday} order by ends_at, starts_at`),
  ])
  if (known.rows.length === 0) throw new NotFound(absentee)
  return found.rows.map(toAbsence)
}

/** Withdraws an absence. @throws NotFound when that doctor, location or resource has none with that id. */
export async function withdrawAbsence(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  id: number,
): Promise<void> {
  const { table, noun } = kinds[absentee]
  const withdrawn = sql`
    delete from ${table}
    where id = ${id}::bigint and ${sql.identifier(`${absentee}_id`)} = ${absenteeId}::bigint
    returning ${toldColumns(absentee, absenteeId)}`
  const [[row]] = await sendIdempotently<[ToldRow]>(ctx, [{ rows: withdrawn }])
  if (!row) throw new NotFound(noun)
  tellAbsence(ctx, absentee, 'withdrawn', row)
}

/** What a happening needs to know of an absence. */
type ToldRow = { id: string; absentee_id: string; location_id: string; first_day: string; last_day: string }

type AbsenceRow = ToldRow & {
  /** Whether this transaction entered the absence, or changed its reason. */
  is_new: boolean
  is_changed: boolean
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  time_zone: string
  reason: string | null
  appointment_ids: number[]
}

/** The columns of a `ToldRow`. An absence that ends at midnight does not touch the next day. */
function toldColumns(absentee: Absentee, absenteeId: number): SQL {
  return sql`
    id,
    ${absenteeId}::bigint as absentee_id,
    ${locationOf(absentee, absenteeId)} as location_id,
    to_char(starts_at, 'YYYY-MM-DD') as first_day,
    to_char(ends_at - interval '1 microsecond', 'YYYY-MM-DD') as last_day`
}

function locationOf(absentee: Absentee, absenteeId: number): SQL {
  if (absentee === 'location') return sql`${absenteeId}::bigint`
  return sql`(select location_id from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint)`
}

/** Ends inside its `where`, so that callers can add conditions. */
function selectAbsences({ now }: ClinicContext, absentee: Absentee, absenteeId: number): SQL {
  const { table, appointments } = kinds[absentee]
  return sql`
    select
      reason,
      -- "on conflict do update" locks the row first, which leaves a mark in xmax; an inserted row has none.
      absence.xmax = 0 as is_new,
      absence.xmin = own.xid as is_changed,
      ${toldColumns(absentee, absenteeId)},
      to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      starts_at at time zone place.time_zone as start_at,
      ends_at at time zone place.time_zone as end_at,
      place.time_zone,
      (
        select coalesce(json_agg(one.id order by one.start_at, one.id), '[]')
        from (
          select
            absence.starts_at at time zone place.time_zone as begins_at,
            absence.ends_at at time zone place.time_zone as ends_at
        ) away
        cross join lateral ${appointments}(
          -- Within a spring gap it may end before it begins, and is empty.
          ${absenteeId}::bigint, tstzrange(away.begins_at, greatest(away.begins_at, away.ends_at)),
          ${now.toISOString()}::timestamptz
        ) one
      ) as appointment_ids
    from ${table} absence
    cross join (select coalesce(pg_current_xact_id_if_assigned()::xid, '0') as xid) own
    cross join (select time_zone from locations where id = ${locationOf(absentee, absenteeId)}) place
    where ${sql.identifier(`${absentee}_id`)} = ${absenteeId}::bigint`
}

function toAbsence(row: AbsenceRow): Absence {
  return {
    id: Number(row.id),
    startAt: new Date(row.start_at),
    endAt: new Date(row.end_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    timeZone: row.time_zone,
    reason: row.reason,
    appointmentIds: row.appointment_ids,
  }
}
