import * as z from 'zod'
import { fault } from './shapes.ts'

/** A time of day, such as `09:00`; `24:00` ends the day. */
export const clockTime = z
  .string({ error: fault('not_a_clock_time') })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: fault('not_a_clock_time') })

/** One range on one weekday (ISO: 1 is Monday), `[opensAt, closesAt)` on the location's wall clock. */
export const weeklyRange = {
  weekday: z
    .int({ error: fault('not_a_choice') })
    .min(1, { error: fault('not_a_choice') })
    .max(7, { error: fault('not_a_choice') }),
  opensAt: clockTime,
  closesAt: clockTime,
}

export interface WeeklyRange {
  weekday: number
  opensAt: string
  closesAt: string
  startsOn?: string | null | undefined
  endsOn?: string | null | undefined
}

export const closesAfterOpening = (range: Pick<WeeklyRange, 'opensAt' | 'closesAt'>) =>
  range.closesAt > range.opensAt

export const notAfterOpening = (field: string) => ({ path: [field], error: () => 'not_after_opening' })

/** No two ranges of a week may overlap; each is marked as faulty, and the mark names the other. */
export function refuseOverlaps(week: WeeklyRange[], context: z.RefinementCtx): void {
  week.forEach((range, at) => {
    const otherAt = week.findIndex((other, otherAt) => otherAt !== at && overlap(range, other))
    const other = week[otherAt]
    if (other)
      context.addIssue({
        code: 'custom',
        path: [at],
        message: 'overlaps_another',
        params: { otherAt, other: nameOf(other) },
      })
  })
}

const nameOf = ({ weekday, opensAt, closesAt }: WeeklyRange) => `${opensAt}–${closesAt} on weekday ${weekday}`

function overlap(one: WeeklyRange, other: WeeklyRange): boolean {
  return (
    one.weekday === other.weekday &&
    one.opensAt < other.closesAt &&
    other.opensAt < one.closesAt &&
    !endsBefore(one, other) &&
    !endsBefore(other, one)
  )
}

const endsBefore = ({ endsOn }: WeeklyRange, { startsOn }: WeeklyRange) =>
  Boolean(endsOn && startsOn && endsOn < startsOn)

/** Whether two lists hold the same rows, in any order. */
export function areSame(some: object[], others: object[]): boolean {
  const [inOrder, othersInOrder] = [some, others].map((rows) =>
    rows.map((row) => JSON.stringify(row)).toSorted(),
  )
  return JSON.stringify(inOrder) === JSON.stringify(othersInOrder)
}
