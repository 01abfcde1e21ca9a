import { and, asc, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { closures } from '../../../drizzle/schema/closures.ts'
import { timeOff } from '../../../drizzle/schema/time-off.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { fault, remark, wallClock } from '../shapes.ts'

const longest = 731 * 24 * 60 * 60 * 1000
const lengthOf = (absence: { starts_at: string; ends_at: string }) =>
  Date.parse(`${absence.ends_at}Z`) - Date.parse(`${absence.starts_at}Z`)

/** `[starts_at, ends_at)` on the wall clock of the location, at most two years long. */
export const absenceInput = z
  .object(
    {
      starts_at: wallClock,
      ends_at: wallClock,
      /** For the clinic's own people. */
      reason: remark.optional(),
    },
    { error: fault('not_an_object') },
  )
  .refine((absence) => lengthOf(absence) > 0, { path: ['ends_at'], error: () => 'not_after_opening' })
  .refine((absence) => lengthOf(absence) <= longest, { path: ['ends_at'], error: () => 'absence_too_long' })

export type AbsenceInput = z.infer<typeof absenceInput>

/** A time off, or a closure; the times are wall-clock times such as `2026-12-24T12:00`. */
export interface Absence {
  id: number
  startsAt: string
  endsAt: string
  reason: string | null
}

/** An absence as it was just entered. */
export interface EnteredAbsence extends Absence {
  /** Appointments that were booked for that time already, and stay booked: somebody has to call. */
  appointmentIds: number[]
}

/** Who is away: a doctor takes time off, a location is closed. */
const kinds = {
  doctor: { table: timeOff, of: timeOff.doctorId, noun: 'time off', doctors: sql`doctor.id` },
  location: { table: closures, of: closures.locationId, noun: 'closure', doctors: sql`doctor.location_id` },
} as const

export type Absentee = keyof typeof kinds

/**
 * Enters an absence, in one trip; entering it again is the same, and without a reason keeps the one it had.
 *
 * @throws NotFound for an absentee nobody knows.
 */
export async function enterAbsence(
  { db }: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  { starts_at, ends_at, reason: given }: AbsenceInput,
): Promise<EnteredAbsence> {
  const { table, doctors } = kinds[absentee]
  const owner = sql.identifier(`${absentee}_id`)
  const { rows } = await db.execute<{ id: string; reason: string | null; appointment_ids: number[] }>(sql`
    with entered as (
      insert into ${table} (${owner}, starts_at, ends_at, reason)
      select id, ${starts_at}::timestamp, ${ends_at}::timestamp, ${given ?? null}
      from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint
      on conflict (${owner}, ends_at, starts_at) do update set reason = coalesce(excluded.reason, ${table}.reason)
      returning id, reason
    )
    select entered.*, (
      select coalesce(json_agg(appointment.id order by appointment.start_at), '[]')
      from doctors doctor
      join locations location on location.id = doctor.location_id
      join appointments appointment on appointment.doctor_id = doctor.id
      cross join lateral (
        select
          ${starts_at}::timestamp at time zone location.time_zone as begins_at,
          ${ends_at}::timestamp at time zone location.time_zone as ends_at
      ) away
      where ${doctors} = ${absenteeId}::bigint
      and away.begins_at < away.ends_at
      and appointment.status in ('booked', 'arrived')
      and appointment.start_at > away.begins_at - interval '8 hours'
      and appointment.start_at < away.ends_at
      and appointment.end_at > away.begins_at
    ) as appointment_ids
    from entered`)
  const [row] = rows
  if (!row) throw new NotFound(absentee)
  const { id, reason, appointment_ids: appointmentIds } = row
  return { id: Number(id), startsAt: starts_at, endsAt: ends_at, reason, appointmentIds }
}

/** The absences that are not over, by their end, in one trip. @throws NotFound for an absentee nobody knows. */
export async function findAbsences(
  { db, now }: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
): Promise<Absence[]> {
  const { table, of } = kinds[absentee]
  // Wherever the location is, its clock is less than a day behind UTC.
  const yesterday = sql`(${now.toISOString()}::timestamptz at time zone 'UTC') - interval '1 day'`
  const [known, found] = await db.batch([
    db.execute(sql`select from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint`),
    db
      .select({
        id: table.id,
        startsAt: sql<string>`to_char(${table.startsAt}, 'YYYY-MM-DD"T"HH24:MI')`,
        endsAt: sql<string>`to_char(${table.endsAt}, 'YYYY-MM-DD"T"HH24:MI')`,
        reason: table.reason,
      })
      .from(table)
      .where(and(eq(of, absenteeId), sql`${table.endsAt} > ${yesterday}`))
      .orderBy(asc(table.endsAt)),
  ])
  if (known.rows.length === 0) throw new NotFound(absentee)
  return found
}

/** Takes an absence back. @throws NotFound when that absentee has none of that id. */
export async function withdrawAbsence(
  { db }: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  id: number,
): Promise<void> {
  const { table, of, noun } = kinds[absentee]
  const withdrawn = await db
    .delete(table)
    .where(and(eq(table.id, id), eq(of, absenteeId)))
    .returning({ id: table.id })
  if (withdrawn.length === 0) throw new NotFound(noun)
}
