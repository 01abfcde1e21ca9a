import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recorded, requireVersion } from '../recorded.ts'
import type { Fault } from '../refusals.ts'
import { calendarDate, closed, id } from '../shapes.ts'
import { snakeKeys } from '../snake-case.ts'
import { lockOutBookings } from '../stranded.ts'
import { areSame, closesAfterOpening, notAfterOpening, weeklyRange } from '../weekly-ranges.ts'
import { type OutsideRow, strandedSince, strandingsOfHours } from './stranded-by-hours.ts'

export const weeklyHoursInput = closed({
  ...weeklyRange,
  /** Where; the doctor's only location when left out. */
  locationId: id.optional(),
  /** The first and last day on which the range applies; open-ended when left out. */
  startsOn: calendarDate.nullish(),
  endsOn: calendarDate.nullish(),
})
  .refine(closesAfterOpening, notAfterOpening('closesAt'))
  .refine(
    (range) => !range.startsOn || !range.endsOn || range.endsOn >= range.startsOn,
    notAfterOpening('endsOn'),
  )

export type WeeklyHours = z.infer<typeof weeklyHoursInput>

export type SetWeeklyHours =
  | { ok: true; appointmentIds: number[]; version: number }
  | { ok: false; refusal: 'invalid'; faults: { at: number; locationId: Fault }[] }

/**
 * Replaces all weekly hours of a doctor, in one trip and one transaction. Appointments stay as they are.
 *
 * Of a doctor with several locations, each range says at which it is.
 *
 * @param version of the doctor, as the caller saw it; without one, any will do.
 * @returns the ids of the doctor's appointments ahead that are outside the new hours. One that the front desk booked
 * outside the hours on purpose counts only if it was inside the old ones.
 * @throws NotFound for an unknown doctor, NotSignedIn, Forbidden; Stale when the doctor has changed since.
 */
export async function setWeeklyHours(
  ctx: ClinicContext,
  doctorId: number,
  hours: WeeklyHours[],
  version?: number,
): Promise<SetWeeklyHours> {
  requireRight(ctx.actor, 'manage doctors')
  // Two requests at the same moment take turns.
  const locked = sql`select id from doctors where id = ${doctorId}::bigint for no key update`
  const places = sql`
    select coalesce(json_agg(location_id), '[]') as ids from doctor_locations where doctor_id = ${doctorId}::bigint`
  const range = sql`jsonb_to_recordset(${JSON.stringify(hours.map(snakeKeys))}::jsonb) as range (
    weekday smallint, opens_at time, closes_at time, starts_on date, ends_on date, location_id bigint
  )`
  // Each is at one of their locations, or they have only one.
  const isFine = sql`not exists (
    select from ${range}
    where not exists (
      select from doctor_locations
      where doctor_id = ${doctorId}::bigint
      having count(*) filter (where location_id = coalesce(range.location_id, location_id)) = 1
    )
  )`
  const { outside, onPurpose, noted } = strandingsOfHours(ctx, doctorId)
  const deleted = sql`delete from weekly_hours where doctor_id = ${doctorId}::bigint and ${isFine} returning ${columns}`
  const inserted = sql`
    insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at, starts_on, ends_on)
    select doctor.id, coalesce(range.location_id, doctor.location_id), weekday, opens_at, closes_at, starts_on, ends_on
    from doctors doctor
    cross join ${range}
    where doctor.id = ${doctorId}::bigint and ${isFine}
    returning ${columns}`
  const subject = { subject: 'doctor', key: doctorId } as const
  type Answers = [{ id: string }, { ids: number[] }, OutsideRow, HoursRow, HoursRow, OutsideRow, Recorded]
  const [known, [work], before = [], former = [], current = [], after = [], [change] = []] =
    await sendIdempotently<Answers>(ctx, [
      lockOutBookings,
      requireVersion(subject, version),
      { rows: locked },
      { rows: places },
      { rows: outside },
      onPurpose,
      { rows: deleted },
      { rows: inserted },
      { rows: outside },
      noted,
      recorded(ctx, subject),
    ])
  if (known.length === 0) throw new NotFound('doctor')
  const faults = faultsIn(hours, work?.ids ?? [])
  if (faults.length > 0) return { ok: false, refusal: 'invalid', faults }
  if (!areSame(former, current)) ctx.tell({ kind: 'weekly_hours.changed', doctorId, ...deedOf(ctx) })
  return { ok: true, appointmentIds: strandedSince(before, after), version: change?.version ?? 0 }
}

function faultsIn(hours: WeeklyHours[], places: number[]): { at: number; locationId: Fault }[] {
  return hours.flatMap(({ locationId }, at) => {
    const fault = faultOf(locationId, places)
    return fault ? [{ at, locationId: fault }] : []
  })
}

function faultOf(locationId: number | undefined, places: number[]): Fault | null {
  if (locationId === undefined) return places.length > 1 ? 'missing' : null
  return places.includes(locationId) ? null : 'unknown'
}

type HoursRow = Record<string, unknown>

const columns = sql.raw(
  'weekly_hours.location_id, weekly_hours.weekday, opens_at, closes_at, starts_on, ends_on',
)
