import type { Slot } from '../clinic/availability/find-open-slots.ts'
import type { SearchedSlots, SearchSlots, SlotKey } from '../clinic/availability/search-slots.ts'
import { readWindow } from '../clinic/availability/window.ts'
import type { FreeTimeChange } from './free-time-changes.ts'
import { everyPage } from './purge-queue.ts'

/**
 * The cache tags of a page with free times: its doctor, its location or `any`, combined with each local date it may show
 * and one day on either side. Late slots reach into the next day, and buffers (two hours at most) into either. Changes are
 * therefore tagged by the days of the appointment alone. A page without a search shows no times.
 */
export function tagsOfPage(search: SearchSlots | null, found: SearchedSlots | null, now: Date): string[] {
  const window = search && readWindow(search, now)
  if (!search || !window?.ok || !found?.ok) return [everyPage]
  const { from, to } = window.window
  const until = found.next ? earlier(to, lastDayOf(found.slots, found.next)) : to
  const days = daysOf(from, until, 1)
  // What comes after an empty window may be a year away: any change of the subject may bring it forward.
  return [
    everyPage,
    ...[...days, ...(found.beyond ? [beyond] : [])].map((when) => `${subjectOf(search)}:${when}`),
  ]
}

const beyond = 'beyond'

/** The last local date, give or take a day, that a page with a next one depends on. */
function lastDayOf(slots: Slot[], next: SlotKey): string {
  const [last, reached] = [
    slots.at(-1)?.startLocal.slice(0, 10) ?? '',
    next.startAt.toISOString().slice(0, 10),
  ]
  return last > reached ? last : reached
}

const earlier = (one: string, other: string) => (one < other ? one : other)

/** The tags of every page that the change may affect. */
export function tagsOfChange(change: FreeTimeChange): string[] {
  if (change === 'everything') return [everyPage]
  const { doctorId, locationId, from, to } = change
  const subjects = [subjectOf({ doctorId }), subjectOf({ locationId }), subjectOf({})]
  return [...daysOf(from, to), beyond].flatMap((when) => subjects.map((subject) => `${subject}:${when}`))
}

function subjectOf({ doctorId, locationId }: Pick<SearchSlots, 'doctorId' | 'locationId'>): string {
  if (doctorId !== undefined) return `doctor-${doctorId}`
  return locationId === undefined ? 'any' : `location-${locationId}`
}

const day = 24 * 60 * 60 * 1000

/** The dates from `from` to `to`, both included, and `around` more on either side. */
function daysOf(from: string, to: string, around = 0): string[] {
  const [first, last] = [Date.parse(from) - around * day, Date.parse(to) + around * day]
  const many = Math.max(0, Math.round((last - first) / day)) + 1
  return Array.from({ length: many }, (_, n) => new Date(first + n * day).toISOString().slice(0, 10))
}
