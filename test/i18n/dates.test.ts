import { expect, it } from 'vitest'
import { formatDay, formatTime, formatWeekday } from '../../src/i18n/dates.ts'

it('shows a wall clock as it stands, wherever the reader is', () => {
  expect(formatDay('2026-11-23T09:00', 'en-GB')).toBe('Mon, 23 Nov 2026')
  expect(formatTime('2026-11-23T09:00', 'en-GB')).toBe('09:00')
  expect(formatTime('2026-11-23T00:05', 'en-GB')).toBe('00:05')
})

it('counts weekdays from Monday', () => {
  expect([1, 7].map((weekday) => formatWeekday(weekday, 'en-GB'))).toEqual(['Mon', 'Sun'])
})
