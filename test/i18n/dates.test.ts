import { expect, it } from 'vitest'
import { formatDay, formatTime, formatWeekday, withOffset } from '../../src/i18n/dates.ts'

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
