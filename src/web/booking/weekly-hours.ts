import type { Doctor } from '../../clinic/doctors/find.ts'
import { formatClock, formatWeekday, weekdaysOf } from '../../i18n/dates.ts'

/** Weekdays that keep the same hours as one line, as the week runs: `Mon–Wed, Fri` and `09:00–12:00, 13:00–17:00`. */
export function summariseHours(hours: Doctor['hours'], language: string): { days: string; times: string }[] {
  const week = weekdaysOf(language)
  const placesByTimes = new Map<string, number[]>()
  for (const [place, weekday] of week.entries()) {
    const ranges = hours.filter((range) => range.weekday === weekday)
    const times = ranges
      .map(({ opensAt, closesAt }) => `${formatClock(opensAt, language)}–${formatClock(closesAt, language)}`)
      .join(', ')
    if (times) placesByTimes.set(times, [...(placesByTimes.get(times) ?? []), place])
  }
  const name = (place: number | undefined) => formatWeekday(week[place ?? 0] ?? 1, language)
  return [...placesByTimes].map(([times, places]) => ({ times, days: nameRuns(places, name) }))
}

function nameRuns(places: number[], name: (place: number | undefined) => string): string {
  const runs: number[][] = []
  for (const place of places) {
    const run = runs.at(-1)
    if (run?.at(-1) === place - 1) run.push(place)
    else runs.push([place])
  }
  // Two days in a row are named, three are a range.
  return runs
    .flatMap((run) => (run.length > 2 ? [`${name(run[0])}–${name(run.at(-1))}`] : run.map(name)))
    .join(', ')
}
