import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { calendarDate, closed } from '../shapes.ts'
import { snakeKeys } from '../snake-case.ts'
import { idsOf, lockOutBookings, type StrandedRow } from '../stranded.ts'
import { areSame, closesAfterOpening, notAfterOpening, weeklyRange } from '../weekly-ranges.ts'

export const weeklyHoursInput = closed({
  ...weeklyRange,
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

/**
 * Replaces all weekly hours of a doctor, in one trip and one transaction. Appointments stay as they are.
 *
 * @returns the ids of the doctor's appointments ahead that are outside the new hours. One that the front desk booked
 * outside the hours on purpose counts only if it was inside the old ones.
 * @throws NotFound for an unknown doctor, NotSignedIn, Forbidden.
 */
export async function setWeeklyHours(
  ctx: ClinicContext,
  doctorId: number,
  hours: WeeklyHours[],
): Promise<number[]> {
  requireRight(ctx.actor, 'manage doctors')
  // Two requests at the same moment take turns.
  const locked = sql`select id from doctors where id = ${doctorId}::bigint for no key update`
  const outside = sql`
    select id, on_purpose
    from stranded_by_hours(${doctorId}::bigint, ${ctx.now.toISOString()}::timestamptz)
    order by start_at, id`
  const deleted = sql`delete from weekly_hours where doctor_id = ${doctorId}::bigint returning ${columns}`
  const inserted = sql`
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at, starts_on, ends_on)
    select doctor.id, weekday, opens_at, closes_at, starts_on, ends_on
    from doctors doctor
    cross join jsonb_to_recordset(${JSON.stringify(hours.map(snakeKeys))}::jsonb)
      as range (weekday smallint, opens_at time, closes_at time, starts_on date, ends_on date)
    where doctor.id = ${doctorId}::bigint
    returning ${columns}`
  type Answers = [{ id: string }, OutsideRow, HoursRow, HoursRow, OutsideRow]
  const [known, before = [], former = [], current = [], after = []] = await sendIdempotently<Answers>(ctx, [
    lockOutBookings,
    { rows: locked },
    { rows: outside },
    { rows: deleted },
    { rows: inserted },
    { rows: outside },
  ])
  if (known.length === 0) throw new NotFound('doctor')
  if (!areSame(former, current)) ctx.tell({ kind: 'weekly_hours.changed', doctorId, ...deedOf(ctx) })
  const wereOutside = new Set(before.map(({ id }) => id))
  return idsOf(after.filter(({ id, on_purpose }) => !(on_purpose && wereOutside.has(id))))
}

type OutsideRow = StrandedRow & { on_purpose: boolean }

type HoursRow = Record<string, unknown>

const columns = sql.raw('weekly_hours.weekday, opens_at, closes_at, starts_on, ends_on')
