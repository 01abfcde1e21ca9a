import type { Day, DayClock, Minute } from './day.ts'

/** How many minutes after midnight the clock shows; more than 1440 after the day's end. */
export function minuteOnClock({ start, firstMinute, changes, shift }: DayClock, at: Minute): number {
  return at - start + firstMinute + (changes !== null && at >= changes ? shift : 0)
}

/** The day in which an instant lies, or else the nearest of those that were read. */
function clockAt({ days, today }: Pick<Day, 'days' | 'today'>, at: Minute): DayClock {
  const isInside = ({ start, end }: DayClock) => at >= start && at < end
  const before = days.filter(({ start }) => start <= at).at(-1)
  return days.find(isInside) ?? (isInside(today) ? today : (before ?? days[0] ?? today))
}

/** `2026-11-30T09:00` on the location's clock, exact on the days that were read. */
export function localAt(day: Pick<Day, 'days' | 'today'>, at: Minute): string {
  const clock = clockAt(day, at)
  return new Date(Date.parse(`${clock.date}T00:00Z`) + minuteOnClock(clock, at) * 60_000)
    .toISOString()
    .slice(0, 16)
}
