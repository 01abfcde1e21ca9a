import type { ClosedTime } from '../../../clinic/day/closed-time.ts'
import type { DayProps } from './page.ts'

/** Why nobody can be seen then, as the grid says it. */
export function closedWords({ start, end, why }: ClosedTime, { words, times }: DayProps): string {
  switch (why.kind) {
    case 'before':
      return words.closedUntil(times.clock(end))
    case 'after':
      return words.closedFrom(times.clock(start))
    case 'lunch':
      return words.lunchUntil(times.clock(end))
    case 'break':
      return words.breakUntil(times.clock(end))
    case 'away':
      return words.awayUntil(times.clock(end))
    case 'off':
      return words.offUntil(times.date(why.returnsOn))
    case 'closure':
      return words.closedNow(why.name)
    case 'no_hours':
      return words.notIn
    case 'skipped':
      return words.clocksSkip
  }
}
