import type { Doctor } from '../../clinic/doctors/find.ts'
import { formatWeekday } from '../../i18n/dates.ts'

/** Weekdays that keep the same hours as one line: `Mon–Wed, Fri` and `09:00–12:00, 13:00–17:00`. */
export function summariseHours(hours: Doctor['hours'], language: string): { days: string; times: string }[] {
  const weekdaysByTimes = new Map<string, number[]>()
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
    const ranges = hours.filter((range) => range.weekday === weekday)
    const times = ranges.map(({ opensAt, closesAt }) => `${opensAt}–${closesAt}`).join(', ')
    if (times) weekdaysByTimes.set(times, [...(weekdaysByTimes.get(times) ?? []), weekday])
  }
  return [...weekdaysByTimes].map(([times, weekdays]) => ({ times, days: nameRuns(weekdays, language) }))
}

function nameRuns(weekdays: number[], language: string): string {
  const runs: number[][] = []
  for (const weekday of weekdays) {
    const run = runs.at(-1)
    if (run?.at(-1) === weekday - 1) run.push(weekday)
    else runs.push([weekday])
  }
  const name = (weekday: number) => formatWeekday(weekday, language)
  // Two days in a row are named, three are a range.
  return runs
    .flatMap((run) => (run.length > 2 ? [`${name(run[0] ?? 1)}–${name(run.at(-1) ?? 7)}`] : run.map(name)))
    .join(', ')
}
