import * as z from 'zod'
import { calendarDate, closed, fault, listOf, wholeNumber } from '../shapes.ts'

/** A series may have this many appointments: weekly ones for a year. */
const mostDates = 52

const weekday = z
  .int({ error: fault('not_a_choice') })
  .min(1, { error: fault('not_a_choice') })
  .max(7, { error: fault('not_a_choice') })

/**
 * How a series repeats: every so many days, or every so many weeks, on the weekday of the first date unless others are
 * named (ISO 8601: 1 is Monday). It ends after so many dates or on a day.
 */
export const seriesRuleInput = closed({
  every: wholeNumber(1, 365),
  unit: z.enum(['day', 'week'], { error: fault('not_a_choice') }),
  weekdays: listOf(weekday)
    .min(1, { error: fault('missing') })
    .optional(),
  count: wholeNumber(1, mostDates).optional(),
  until: calendarDate.optional(),
})
  .refine(({ count, until }) => (count === undefined) !== (until === undefined), {
    path: ['count'],
    error: () => 'count_or_until',
  })
  .refine(({ unit, weekdays }) => unit === 'week' || weekdays === undefined, {
    path: ['weekdays'],
    error: () => 'not_expected',
  })

export type SeriesRule = z.infer<typeof seriesRuleInput>
