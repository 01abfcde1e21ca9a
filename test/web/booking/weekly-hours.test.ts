import { expect, it } from 'vitest'
import { summariseHours } from '../../../src/web/booking/weekly-hours.ts'

const range = (weekday: number, opensAt: string, closesAt: string) => ({
  locationId: 1,
  weekday,
  opensAt,
  closesAt,
})

it.each([
  ['no hours', [], []],
  [
    'five equal days',
    [1, 2, 3, 4, 5].map((weekday) => range(weekday, '09:00', '17:00')),
    [{ days: 'Mon–Fri', ranges: ['09:00–17:00'] }],
  ],
  [
    'every other day',
    [1, 3, 5].map((weekday) => range(weekday, '10:00', '14:00')),
    [{ days: 'Mon, Wed, Fri', ranges: ['10:00–14:00'] }],
  ],
  [
    'a break, and a shorter Friday',
    [range(1, '09:00', '12:00'), range(1, '13:00', '17:00'), range(5, '09:00', '12:00')],
    [
      { days: 'Mon', ranges: ['09:00–12:00', '13:00–17:00'] },
      { days: 'Fri', ranges: ['09:00–12:00'] },
    ],
  ],
])('writes %s in as few lines as possible', (_, hours, lines) => {
  expect(summariseHours(hours, 'en-GB')).toEqual(lines)
})

it.each([
  ['en-GB', 'Mon, Fri–Sun', '09:00–24:00'],
  ['en-US', 'Sun, Mon, Fri, Sat', '09:00 AM–12:00 AM'],
  ['id-ID', 'Min, Sen, Jum, Sab', '09.00–24.00'],
])('starts the week and writes times as in %s', (language, days, times) => {
  const hours = [1, 5, 6, 7].map((weekday) => range(weekday, '09:00', '24:00'))
  expect(summariseHours(hours, language)).toEqual([{ days, ranges: [times] }])
})
