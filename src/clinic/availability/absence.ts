import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { closures } from '../../../drizzle/schema/closures.ts'
import { timeOff } from '../../../drizzle/schema/time-off.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, remark, wallClock } from '../shapes.ts'
import { daysOf, type FreeTimeRow, tellFreeTime } from './free-time-changes.ts'

const longest = 731 * 24 * 60 * 60 * 1000
const lengthOf = (absence: { start_local: string; end_local: string }) =>
  Date.parse(`${absence.end_local}Z`) - Date.parse(`${absence.start_local}Z`)

/** `[start_local, end_local)` on the wall clock of the location, at most two years long. */
export const absenceInput = closed({
  start_local: wallClock,
  end_local: wallClock,
  /** For the clinic's own people. */
  reason: remark.optional(),
})
  .refine((absence) => lengthOf(absence) > 0, { path: ['end_local'], error: () => 'not_after_opening' })
  .refine((absence) => lengthOf(absence) <= longest, { path: ['end_local'], error: () => 'absence_too_long' })

export type AbsenceInput = z.infer<typeof absenceInput>

/** A time off, or a closure, on the wall clock of the location, such as `2026-12-24T12:00`, and the instants that it means. */
export interface Absence {
  id: number
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
  reason: string | null
  /** Appointments that are booked for that time, and stay booked: somebody has to call. */
  appointmentIds: number[]
}

/** Who is away: a doctor takes time off, a location is closed. */
const kinds = {
  doctor: { table: timeOff, noun: 'time off', doctors: sql`doctor.id` },
  location: { table: closures, noun: 'closure', doctors: sql`doctor.location_id` },
} as const

export type Absentee = keyof typeof kinds

/** Bookings share it; who enters an absence has it alone, so that a booking is seen by one of the two. */
const absencesLock = sql`hashtext('absences')`

/**
 * Enters an absence, in one trip; entering it again is the same, and without a reason keeps the one it had.
 *
 * @throws NotFound for an absentee nobody knows.
 */
export async function enterAbsence(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  { start_local, end_local, reason }: AbsenceInput,
): Promise<Absence> {
  const { table } = kinds[absentee]
  const owner = sql.identifier(`${absentee}_id`)
  const [[row]] = await sendIdempotently<[AbsenceRow]>(ctx, [
    sql`select pg_advisory_xact_lock(${absencesLock})`,
    sql`
      insert into ${table} (${owner}, starts_at, ends_at, reason)
      select id, ${start_local}::timestamp, ${end_local}::timestamp, ${reason ?? null}
      from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint
      on conflict (${owner}, ends_at, starts_at) do update set reason = coalesce(excluded.reason, ${table}.reason)`,
    // A statement of its own: it sees what was booked until the lock was had.
    {
      rows: sql`
        ${selectAbsences(absentee, absenteeId)}
        and starts_at = ${start_local}::timestamp and ends_at = ${end_local}::timestamp`,
    },
  ])
  if (!row) throw new NotFound(absentee)
  if (row.is_new !== false) tellOf(ctx, absentee, row)
  return toAbsence(row)
}

/** A doctor's days; of a location, who works there is not looked up. */
function tellOf(ctx: ClinicContext, absentee: Absentee, row: FreeTimeRow): void {
  if (absentee === 'doctor') tellFreeTime(ctx, [row])
  else ctx.tellFreeTime?.(['everything'])
}

/** The absences that are not over, by their end, in one trip. @throws NotFound for an absentee nobody knows. */
export async function findAbsences(
  { db, now }: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
): Promise<Absence[]> {
  // Wherever the location is, its clock is less than a day behind UTC.
  const yesterday = sql`(${now.toISOString()}::timestamptz at time zone 'UTC') - interval '1 day'`
  const [known, found] = await db.batch([
    db.execute(sql`select from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint`),
    db.execute<AbsenceRow>(sql`
      ${selectAbsences(absentee, absenteeId)} and ends_at > ${yesterday} order by ends_at, starts_at`),
  ])
  if (known.rows.length === 0) throw new NotFound(absentee)
  return found.rows.map(toAbsence)
}

/** Takes an absence back. @throws NotFound when that absentee has none of that id. */
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
    returning id, ${whoseDays(absentee, absenteeId)}`
  const [[row]] = await sendIdempotently<[FreeTimeRow & { id: string }]>(ctx, [{ rows: withdrawn }])
  if (!row) throw new NotFound(noun)
  tellOf(ctx, absentee, row)
}

type AbsenceRow = FreeTimeRow & {
  id: string
  /** Whether this very transaction has entered it; absent from answers that were kept before it was told. */
  is_new?: boolean
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  time_zone: string
  reason: string | null
  appointment_ids: number[]
}

/** The columns of a `FreeTimeRow`. */
function whoseDays(absentee: Absentee, absenteeId: number): SQL {
  return sql`
    ${absenteeId}::bigint as doctor_id,
    ${locationOf(absentee, absenteeId)} as location_id,
    ${daysOf(sql`starts_at`, sql`ends_at`)}`
}

function locationOf(absentee: Absentee, absenteeId: number): SQL {
  const ofDoctor = sql`(select location_id from doctors where id = ${absenteeId}::bigint)`
  return absentee === 'doctor' ? ofDoctor : sql`${absenteeId}::bigint`
}

/** Ends inside its condition, so that more can be asked for. */
function selectAbsences(absentee: Absentee, absenteeId: number): SQL {
  const { table, doctors } = kinds[absentee]
  return sql`
    select
      id, reason,
      -- What "on conflict do update" has written was locked first, and is marked so.
      absence.xmax = 0 as is_new,
      ${whoseDays(absentee, absenteeId)},
      to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      starts_at at time zone place.time_zone as start_at,
      ends_at at time zone place.time_zone as end_at,
      place.time_zone,
      (
        select coalesce(json_agg(appointment.id order by appointment.start_at), '[]')
        from doctors doctor
        join locations location on location.id = doctor.location_id
        join appointments appointment on appointment.doctor_id = doctor.id
        cross join lateral (
          select
            absence.starts_at at time zone location.time_zone as begins_at,
            absence.ends_at at time zone location.time_zone as ends_at
        ) away
        where ${doctors} = ${absenteeId}::bigint
        and away.begins_at < away.ends_at
        and appointment.status in ('booked', 'arrived')
        and appointment.start_at > away.begins_at - interval '8 hours'
        and appointment.start_at < away.ends_at
        and appointment.end_at > away.begins_at
      ) as appointment_ids
    from ${table} absence
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
