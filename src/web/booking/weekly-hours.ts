import type { Doctor } from '../../clinic/doctors/find.ts'
import { formatWeekday } from '../../i18n/dates.ts'

/** Weekdays in a row that keep the same hours as one line: `Mon–Fri`, `09:00–12:00, 13:00–17:00`. */
export function summariseHours(hours: Doctor['hours'], language: string): { days: string; times: string }[] {
  const timesOn = (weekday: number) =>
    hours
      .filter((range) => range.weekday === weekday)
      .map(({ opensAt, closesAt }) => `${opensAt}–${closesAt}`)
      .join(', ')
  const lines: { first: number; last: number; times: string }[] = []
  for (let weekday = 1; weekday <= 7; weekday++) {
    const times = timesOn(weekday)
    const line = lines.at(-1)
    if (line?.times === times) line.last = weekday
    else lines.push({ first: weekday, last: weekday, times })
  }
  const name = (weekday: number) => formatWeekday(weekday, language)
  return lines
    .filter(({ times }) => times)
    .map(({ first, last, times }) => ({
      days: first === last ? name(first) : `${name(first)}–${name(last)}`,
      times,
    }))
}
