import type { Doctor } from '../../clinic/doctors/find.ts'
import { formatClock, formatWeekday, weekdaysOf } from '../../i18n/dates.ts'

interface HoursLine {
  /** Such as `Mon–Wed, Fri`. */
  days: string
  /** Such as `09:00–12:00` and `13:00–17:00`. */
  ranges: string[]
}

/** Weekly hours with one line for all weekdays that have the same hours, in the order of the language's week. */
export function summariseHours(hours: Doctor['hours'], language: string): HoursLine[] {
  const week = weekdaysOf(language)
  const lines = new Map<string, { ranges: string[]; places: number[] }>()
  for (const [place, weekday] of week.entries()) {
    const ranges = hours
      .filter((range) => range.weekday === weekday)
      .map(({ opensAt, closesAt }) => `${formatClock(opensAt, language)}–${formatClock(closesAt, language)}`)
    if (ranges.length === 0) continue
    const key = ranges.join()
    lines.set(key, { ranges, places: [...(lines.get(key)?.places ?? []), place] })
  }
  const name = (place: number | undefined) => formatWeekday(week[place ?? 0] ?? 1, language)
  return [...lines.values()].map(({ ranges, places }) => ({ ranges, days: nameRuns(places, name) }))
}

/** Three weekdays in a row become a range. */
function nameRuns(places: number[], name: (place: number | undefined) => string): string {
  const runs: number[][] = []
  for (const place of places) {
    const run = runs.at(-1)
    if (run?.at(-1) === place - 1) run.push(place)
    else runs.push([place])
  }
  return runs
    .flatMap((run) => (run.length > 2 ? [`${name(run[0])}–${name(run.at(-1))}`] : run.map(name)))
    .join(', ')
}
