import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { composite } from '../../../src/clinic/composite.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor } from '../../support/people.ts'
import { seed } from '../../support/seed.ts'

const clinic = await openClinic({ worker: false })
const { db } = clinic.context()

const zones = ['Asia/Jakarta', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago']
const doctors = new Map<string, number>()
for (const timeZone of zones) doctors.set(timeZone, await hireDoctor(clinic.sql, { timeZone }))

interface Rule {
  every: number
  unit: 'day' | 'week'
  weekdays?: number[]
  count?: number
  until?: string
}

const day = 86_400_000
const inDays = (date: string) => Date.parse(`${date}T00:00Z`) / day
const toDate = (days: number) => new Date(days * day).toISOString().slice(0, 10)
const weekdayOf = (days: number) => ((days + 3) % 7) + 1
const mondayOf = (days: number) => days - weekdayOf(days) + 1

/** Goes from day to day and asks of each whether the rule falls on it. */
function datesOf(first: string, { every, unit, weekdays, count = 53, until }: Rule): string[] {
  const from = inDays(first)
  const on = weekdays ?? [weekdayOf(from)]
  const dates: string[] = []
  for (let days = from; dates.length < Math.min(count, 53) && days < from + 53 * 7 * 60; days++) {
    if (until && toDate(days) > until) break
    const isOn =
      unit === 'day'
        ? (days - from) % every === 0
        : on.includes(weekdayOf(days)) && ((mondayOf(days) - mondayOf(from)) / 7) % every === 0
    if (isOn) dates.push(toDate(days))
  }
  return dates
}

const formatters = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
)

/** What the clock shows at an instant, from JavaScript's own zone data. */
const clockOf = (instant: number, timeZone: string) =>
  formatters.get(timeZone)?.format(instant).replace(' ', 'T') ?? ''

/**
 * The last minute at which the clock shows a time; for one that it jumps over, the minute that is as far behind the jump as
 * the time is into it.
 */
function instantOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`)
  for (let offset = -12 * 60; offset <= 14 * 60; offset += 15) {
    const instant = asUtc - offset * 60_000
    if (clockOf(instant, timeZone) === local) return instant
  }
  const offsetBefore = Date.parse(`${clockOf(asUtc - day, timeZone)}Z`) - (asUtc - day)
  return asUtc - offsetBefore
}

const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ unit: fc.constant('day' as const), every: fc.integer({ min: 1, max: 40 }) }),
  fc.record(
    {
      unit: fc.constant('week' as const),
      every: fc.integer({ min: 1, max: 6 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    },
    { requiredKeys: ['unit', 'every'] },
  ),
)
const ends = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 52 }) }),
  fc.record({ until: fc.integer({ min: inDays('2026-03-01'), max: inDays('2027-12-01') }).map(toDate) }),
)
const clocks = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom('00', '05', '15', '30', '45'))
  .map(([hour, minute]) => `0${hour}:${minute}`)

it('a series starts on the dates of its rule, at one time on the clock of the location', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...zones),
      fc.integer({ min: inDays('2026-03-01'), max: inDays('2026-11-30') }).map(toDate),
      clocks,
      rules,
      ends,
      async (timeZone, first, clock, rule, end) => {
        const request = composite('series_request', { starts: `${first}T${clock}`, ...rule, ...end })
        const wanted = sql`jsonb_populate_record(null::appointments, ${JSON.stringify({ doctor_id: doctors.get(timeZone) })})`
        const { rows } = await db.execute<{ date: string; at: number }>(
          sql`select date::text, extract(epoch from start_at)::float8 * 1000 as at
            from starts_of_series(${wanted}, ${request})`,
        )
        const expected = datesOf(first, { ...rule, ...end }).map((date) => ({
          date,
          at: instantOf(`${date}T${clock}`, timeZone),
        }))
        expect(rows.map(({ date, at }) => ({ date, at: Number(at) }))).toEqual(expected)
      },
    ),
    { numRuns: 100, seed },
  )
})
