import { minuteOnClock } from '../../../clinic/day/clock.ts'
import type { Column, Entry } from '../../../clinic/day/columns.ts'
import type { DayClock, Minute } from '../../../clinic/day/day.ts'

/** The lines of the grid are a quarter of an hour apart, its tracks five minutes. */
const track = 5
const hour = 60
/** What is shown of a day on which nothing is open and nothing happens. */
const usual = [8 * hour, 17 * hour] as const

/** The hours that the grid shows, the same for all of its columns. Minutes are those of the clock since midnight. */
export interface Axis {
  from: number
  until: number
  /** The hour that comes twice on one of the days: where its first time ends, and how long it is. */
  repeated: { at: number; lasts: number } | null
}

export function axisOf(columns: Column[]): Axis {
  const repeated = repeatedIn(columns.map(({ clock }) => clock))
  const axis = { from: 0, until: 0, repeated }
  const shown = columns.flatMap(({ clock, entries }) =>
    entries.filter(isShownAlways).flatMap((entry) => {
      const day = [clock.start, clock.end] as const
      return [entry.start, entry.end].map((at) =>
        positionOf(axis, clock, Math.min(Math.max(at, day[0]), day[1])),
      )
    }),
  )
  const open = columns.flatMap(openOf(axis))
  const all = [...shown, ...open]
  const [first, last] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : usual
  return { from: Math.floor(first / hour) * hour, until: Math.ceil(last / hour) * hour, repeated }
}

const isShownAlways = (entry: Entry) => entry.kind !== 'closed'

const openOf =
  (axis: Axis) =>
  ({ clock, doctor, room }: Column): number[] =>
    (doctor?.hours ?? (room && isAllDay(room.open, clock) ? [] : room?.open) ?? [])
      .filter(([from, until]) => from < clock.end && until > clock.start)
      .flatMap(([from, until]) => [
        positionOf(axis, clock, Math.max(from, clock.start)),
        positionOf(axis, clock, Math.min(until, clock.end)),
      ])

/** A room without hours of its own can be used all day, which is no reason to show the night. */
const isAllDay = (open: readonly (readonly [number, number])[], { start, end }: DayClock) =>
  open.some(([from, until]) => from <= start && until >= end)

function repeatedIn(clocks: DayClock[]): Axis['repeated'] {
  const clock = clocks.find(({ changes, shift }) => changes !== null && shift < 0)
  if (!clock || clock.changes === null) return null
  return { at: clock.changes - clock.start + clock.firstMinute, lasts: -clock.shift }
}

/** Where an instant lies on the axis: its minute on the clock, and behind an hour that comes twice one hour later. */
function positionOf({ repeated }: Axis, clock: DayClock, at: Minute): number {
  if (clock.changes !== null && clock.shift < 0) return at - clock.start + clock.firstMinute
  const minute = minuteOnClock(clock, at)
  return repeated && minute >= repeated.at ? minute + repeated.lasts : minute
}

/** Rows of the grid, from 1 on. */
export interface Rows {
  row: number
  span: number
}

/** The rows that an entry takes; null outside of what is shown. */
export function rowsOf(axis: Axis, clock: DayClock, entry: Pick<Entry, 'start' | 'end'>): Rows | null {
  const isSkippedHour = entry.start === entry.end
  const start =
    positionOf(axis, clock, Math.max(entry.start, clock.start)) - (isSkippedHour ? clock.shift : 0)
  const end = positionOf(axis, clock, Math.min(entry.end, clock.end))
  const [from, until] = [Math.max(start, axis.from), Math.min(end, axis.until)]
  if (from >= until) return null
  const row = Math.floor((from - axis.from) / track) + 1
  return { row, span: Math.ceil((until - axis.from) / track) + 1 - row }
}

/** The line of an instant: its track, and the minutes past the track's beginning; null outside of what is shown. */
export function lineOf(axis: Axis, clock: DayClock, at: Minute): { row: number; past: number } | null {
  const position = positionOf(axis, clock, at)
  if (position < axis.from || position >= axis.until) return null
  return { row: Math.floor((position - axis.from) / track) + 1, past: position % track }
}

export interface Label {
  row: number
  /** `09:30`; `24:00` is the end of a day. */
  clock: string
  isHour: boolean
}

/** The labels of each half hour. */
export function labelsOf({ from, until, repeated }: Axis): Label[] {
  const labels: Label[] = []
  for (let position = from; position < until; position += 30) {
    const minute = repeated && position >= repeated.at ? position - repeated.lasts : position
    const [hours, minutes] = [Math.floor(minute / hour) % 24, minute % hour]
    const clock = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')
    labels.push({ row: (position - from) / track + 1, clock, isHour: minutes === 0 })
  }
  return labels
}

export const tracksOf = ({ from, until }: Axis): number => (until - from) / track
