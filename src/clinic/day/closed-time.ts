import { minuteOnClock } from './clock.ts'
import type { Absence, Day, DayClock, DayDoctor, Minute, Range } from './day.ts'
import { overlaps, within, without } from './ranges.ts'

/** Why nobody can be seen then. */
type WhyClosed =
  /** Before the first hours of the day, after the last, between two, or all day. */
  | { kind: 'before' | 'after' | 'lunch' | 'break' | 'no_hours' }
  /** The doctor comes back on the same day, or on another one. */
  | { kind: 'away' }
  | { kind: 'off'; returnsOn: string }
  /** The location is closed; or the room cannot be used. */
  | { kind: 'closure'; name: string | null }
  /** The hour that clocks skip. */
  | { kind: 'skipped' }

export interface ClosedTime {
  start: Minute
  end: Minute
  why: WhyClosed
}

/** When a doctor sees no one on a day, in order, with the reason. Blocks and reserves are not closed: they have names. */
export function closedTimeOf(
  { hours: all, off, isActive }: Pick<DayDoctor, 'hours' | 'off' | 'isActive'>,
  clock: DayClock,
  closures: Day['closures'],
): ClosedTime[] {
  const day: Range = [clock.start, clock.end]
  const hours = isActive ? within(all, day) : []
  const away = off.filter(({ kind, start, end }) => kind === 'away' && overlaps([start, end], day))
  if (hours.length === 0) return [closed(day, awayAllDay(away, day) ?? { kind: 'no_hours' })]
  const allDay = without(hours, away.map(rangeOf)).length === 0 ? away.at(-1) : undefined
  if (allDay) return [closed(day, backOf(allDay, day[1]))]
  const last = hours.at(-1)?.[1] ?? day[1]
  return [
    ...outside(hours, clock),
    ...closures.flatMap((one) =>
      within(hours, rangeOf(one)).map((piece) => closed(piece, { kind: 'closure', name: one.name })),
    ),
    ...away.flatMap((one) =>
      without(within(hours, rangeOf(one)), closures.map(rangeOf)).map((piece) =>
        closed(piece, backOf(one, last)),
      ),
    ),
  ].toSorted((one, other) => one.start - other.start)
}

export const rangeOf = ({ start, end }: { start: Minute; end: Minute }): Range => [start, end]

const closed = ([start, end]: Range, why: WhyClosed): ClosedTime => ({ start, end, why })

const awayAllDay = (away: Absence[], [from, until]: Range) => {
  const whole = away.find(({ start, end }) => start <= from && end >= until)
  return whole && backOf(whole, until)
}

const backOf = ({ end, returnsOn }: Absence, last: Minute): WhyClosed =>
  end >= last ? { kind: 'off', returnsOn } : { kind: 'away' }

function outside(hours: Range[], clock: DayClock): ClosedTime[] {
  return without([[clock.start, clock.end]], hours).map((gap) => {
    if (gap[0] === clock.start) return closed(gap, { kind: 'before' })
    if (gap[1] === clock.end) return closed(gap, { kind: 'after' })
    const from = minuteOnClock(clock, gap[0])
    return closed(gap, { kind: from >= 11 * 60 && from < 14 * 60 ? 'lunch' : 'break' })
  })
}
