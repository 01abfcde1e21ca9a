import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { calendarDate, closed, fault } from '../shapes.ts'
import { snakeKeys } from '../snake-case.ts'

const clockTime = z
  .string({ error: fault('not_a_clock_time') })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: fault('not_a_clock_time') })

/** One range on one weekday (ISO: 1 is Monday), `[opensAt, closesAt)` on the wall clock of the doctor's location. */
export const weeklyHoursInput = closed({
  weekday: z
    .int({ error: fault('not_a_choice') })
    .min(1, { error: fault('not_a_choice') })
    .max(7, { error: fault('not_a_choice') }),
  opensAt: clockTime,
  closesAt: clockTime,
  /** The first and last day on which the range applies; open-ended when left out. */
  startsOn: calendarDate.nullish(),
  endsOn: calendarDate.nullish(),
})
  .refine((range) => range.closesAt > range.opensAt, {
    path: ['closesAt'],
    error: () => 'not_after_opening',
  })
  .refine((range) => !range.startsOn || !range.endsOn || range.endsOn >= range.startsOn, {
    path: ['endsOn'],
    error: () => 'not_after_opening',
  })

export type WeeklyHours = z.infer<typeof weeklyHoursInput>

/** No two ranges of a week may overlap; both are marked as faulty. */
export function refuseOverlaps(week: WeeklyHours[], context: z.RefinementCtx): void {
  week.forEach((range, at) => {
    const overlapsAnother = week.some((other, otherAt) => otherAt !== at && overlap(range, other))
    if (overlapsAnother) context.addIssue({ code: 'custom', path: [at], message: 'overlaps_another' })
  })
}

function overlap(one: WeeklyHours, other: WeeklyHours): boolean {
  return (
    one.weekday === other.weekday &&
    one.opensAt < other.closesAt &&
    other.opensAt < one.closesAt &&
    !endsBefore(one, other) &&
    !endsBefore(other, one)
  )
}

const endsBefore = ({ endsOn }: WeeklyHours, { startsOn }: WeeklyHours) =>
  Boolean(endsOn && startsOn && endsOn < startsOn)

/**
 * Replaces all weekly hours of a doctor, in one trip and one transaction. Appointments stay as they are.
 *
 * @throws NotFound for an unknown doctor, NotSignedIn, Forbidden.
 */
export async function setWeeklyHours(
  ctx: ClinicContext,
  doctorId: number,
  hours: WeeklyHours[],
): Promise<void> {
  requireRight(ctx.actor, 'manage doctors')
  // Two requests at the same moment take turns.
  const locked = sql`select id from doctors where id = ${doctorId}::bigint for no key update`
  const deleted = sql`delete from weekly_hours where doctor_id = ${doctorId}::bigint returning ${columns}`
  const inserted = sql`
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at, starts_on, ends_on)
    select doctor.id, weekday, opens_at, closes_at, starts_on, ends_on
    from doctors doctor
    cross join jsonb_to_recordset(${JSON.stringify(hours.map(snakeKeys))}::jsonb)
      as range (weekday smallint, opens_at time, closes_at time, starts_on date, ends_on date)
    where doctor.id = ${doctorId}::bigint
    returning ${columns}`
  const statements = [{ rows: locked }, { rows: deleted }, { rows: inserted }]
  type Answers = [{ id: string }, HoursRow, HoursRow]
  const [known, former = [], current = []] = await sendIdempotently<Answers>(ctx, statements)
  if (known.length === 0) throw new NotFound('doctor')
  if (!areSame(former, current)) ctx.tell({ kind: 'weekly_hours.changed', doctorId, ...deedOf(ctx) })
}

type HoursRow = Record<string, unknown>

const columns = sql.raw('weekly_hours.weekday, opens_at, closes_at, starts_on, ends_on')

function areSame(some: HoursRow[], others: HoursRow[]): boolean {
  const [inOrder, othersInOrder] = [some, others].map((rows) =>
    rows.map((row) => JSON.stringify(row)).toSorted(),
  )
  return JSON.stringify(inOrder) === JSON.stringify(othersInOrder)
}
