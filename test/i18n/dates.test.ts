import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  formatDay,
  formatSpan,
  formatStart,
  formatTime,
  formatTimeAt,
  formatWeekday,
  withOffset,
} from '../../src/i18n/dates.ts'
import { seed } from '../support/seed.ts'

it('shows a wall-clock time unchanged in any time zone', () => {
  expect(formatDay('2026-11-23T09:00', 'en-GB')).toBe('Mon, 23 Nov 2026')
  expect(formatTime('2026-11-23T09:00', 'en-GB')).toBe('09:00')
  expect(formatTime('2026-11-23T00:05', 'en-GB')).toBe('00:05')
})

it('counts weekdays from Monday', () => {
  expect([1, 7].map((weekday) => formatWeekday(weekday, 'en-GB'))).toEqual(['Mon', 'Sun'])
})

it.each([
  ['2026-11-23T09:00', '2026-11-23T02:00:00Z', '2026-11-23T09:00+07:00'],
  ['2026-11-23T09:00', '2026-11-23T12:30:00Z', '2026-11-23T09:00-03:30'],
  ['2029-10-28T02:30', '2029-10-28T00:30:00Z', '2029-10-28T02:30+02:00'],
  ['2029-10-28T02:30', '2029-10-28T01:30:00Z', '2029-10-28T02:30+01:00'],
])('tells apart the two times of a repeated hour: %s at %s', (wallClock, instant, written) => {
  expect(withOffset(wallClock, new Date(instant))).toBe(written)
})

/** Minutes long, at the location's clock, which Temporal reads. */
function occasion(timeZone: string, start: string, minutes: number) {
  const [startAt, endAt] = [new Date(start), new Date(Date.parse(start) + minutes * 60_000)]
  const clock = (at: Date) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime())
      .toZonedDateTimeISO(timeZone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
  return { startAt, endAt, startLocal: clock(startAt), endLocal: clock(endAt), location: { timeZone } }
}

describe('the offset of a time', () => {
  it.each([
    ['the first time round', 'Europe/Amsterdam', '2026-10-25T00:15:00Z', 30, '02:15–02:45 (UTC+2)'],
    ['the second time round', 'Europe/Amsterdam', '2026-10-25T01:15:00Z', 30, '02:15–02:45 (UTC+1)'],
    ['across the change', 'Europe/Amsterdam', '2026-10-25T00:45:00Z', 30, '02:45 (UTC+2) – 02:15 (UTC+1)'],
    ['into the hour', 'Europe/Amsterdam', '2026-10-24T23:45:00Z', 30, '01:45–02:15 (UTC+2)'],
    ['out of the hour', 'Europe/Amsterdam', '2026-10-25T01:45:00Z', 30, '02:45–03:15 (UTC+1)'],
    ['half an hour', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z', 30, '01:45 (UTC+11) – 01:45 (UTC+10:30)'],
    ['west of Greenwich', 'America/St_Johns', '2026-11-01T03:45:00Z', 30, '01:15–01:45 (UTC−2:30)'],
  ])('is shown in the hour that comes twice, %s', (_, timeZone, start, minutes, written) => {
    const span = occasion(timeZone, start, minutes)
    expect(formatSpan(span, 'en-GB')).toBe(written)
  })

  it('is shown beside a single time, too', () => {
    const { startAt, startLocal, location } = occasion('Europe/Amsterdam', '2026-10-25T01:15:00Z', 30)
    expect(formatTimeAt(startLocal, startAt, location.timeZone, 'en-GB')).toBe('02:15 (UTC+1)')
    expect(formatStart({ startAt, startLocal, location }, 'id')).toBe('Min, 25 Okt 2026, 02.15 (UTC+1)')
  })

  it.each([
    ['any other day', 'Asia/Jakarta', '2026-11-23T02:00:00Z', '09:00–09:30'],
    ['any other hour of that night', 'Europe/Amsterdam', '2026-10-25T02:00:00Z', '03:00–03:30'],
    ['where clocks go forward', 'Europe/Amsterdam', '2026-03-29T00:45:00Z', '01:45–03:15'],
  ])('is left out on %s', (_, timeZone, start, written) => {
    expect(formatSpan(occasion(timeZone, start, 30), 'en-GB')).toBe(written)
  })

  it('is PostgreSQL’s, where the runtime’s rules differ', () => {
    const span = occasion('Europe/Amsterdam', '2026-10-25T01:15:00Z', 30)
    const late = {
      ...span,
      startAt: new Date('2026-10-24T23:15:00Z'),
      endAt: new Date('2026-10-24T23:45:00Z'),
    }
    expect(formatSpan(late, 'en-GB')).toBe('02:15–02:45 (UTC+3)')
  })

  it('is left out where the runtime does not know the time zone', () => {
    const location = { timeZone: 'Mars/Olympus_Mons' }
    const span = { ...occasion('Europe/Amsterdam', '2026-10-25T01:15:00Z', 30), location }
    expect(formatSpan(span, 'en-GB')).toBe('02:15–02:45')
  })

  it('is shown exactly when another instant has the same wall clock', () => {
    const zones = [
      'Europe/Amsterdam',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Jakarta',
    ]
    const years = { min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 }
    const nearChange = fc.constantFrom(
      '2026-10-25T01:00Z',
      '2026-11-01T04:30Z',
      '2026-04-04T15:00Z',
      '2026-03-22T02:00Z',
    )
    const minute = fc.oneof(
      fc.integer(years),
      fc
        .tuple(nearChange, fc.integer({ min: -150, max: 150 }))
        .map(([at, off]) => Date.parse(at) / 60_000 + off),
    )
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (timeZone, at) => {
        const { startAt, startLocal } = occasion(timeZone, new Date(at * 60_000).toISOString(), 30)
        const local = Temporal.PlainDateTime.from(startLocal)
        const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
          local.toZonedDateTime(timeZone, { disambiguation }),
        )
        const isTwice = !first?.equals(second ?? first)
        expect(formatTimeAt(startLocal, startAt, timeZone, 'en-GB').includes('UTC')).toBe(isTwice)
      }),
      { numRuns: 2_000, seed },
    )
  })
})
