import * as z from 'zod'
import type { BookingWish } from '../clinic/appointments/read-booking-page.ts'
import type { SearchSlots } from '../clinic/availability/search-slots.ts'
import type { Fault } from '../clinic/refusals.ts'
import { calendarDate, id, instant } from '../clinic/shapes.ts'

const slotsAPage = 24
/** More than a week has, in steps of five minutes. */
const slotsAWeek = 7 * 24 * 12

/** What is looked for, as it was written. */
export interface Finder {
  visit_type_id: string
  specialty: string
  doctor_id: string
  location_id: string
  from: string
  /** `week`, or else a list of the first. */
  view: string
}

export const finderFields = [
  'visit_type_id',
  'specialty',
  'doctor_id',
  'location_id',
  'from',
  'view',
] as const

/** What is looked for, as an address or a form says it; a week begins today, unless told otherwise. */
export function finderOf(written: (name: string) => string, now: Date): Finder {
  const isWeek = written('view') === 'week'
  return {
    visit_type_id: written('visit_type_id'),
    specialty: written('specialty'),
    doctor_id: written('doctor_id'),
    location_id: written('location_id'),
    from: written('from') || (isWeek ? now.toISOString().slice(0, 10) : ''),
    view: isWeek ? 'week' : '',
  }
}

export type FinderFaults = Partial<Record<keyof Finder, Fault>>

/** What is looked for, its search null when no kind of visit was chosen, and what of the form could not be read. */
export function readFinder(
  finder: Finder,
  after: string | undefined,
): { wish: BookingWish; faults: FinderFaults } {
  const read = {
    visit_type_id: id.optional().safeParse(finder.visit_type_id || undefined),
    doctor_id: id.optional().safeParse(finder.doctor_id || undefined),
    location_id: id.optional().safeParse(finder.location_id || undefined),
    from: calendarDate.optional().safeParse(finder.from || undefined),
  }
  const faults = Object.fromEntries(
    Object.entries(read).flatMap(([name, { success }]) =>
      success ? [] : [[name, name === 'from' ? 'not_a_date' : 'unknown']],
    ),
  ) as FinderFaults
  const [visitTypeId, from] = [read.visit_type_id.data, read.from.data]
  const who = {
    specialty: finder.specialty || undefined,
    doctorId: read.doctor_id.data,
    locationId: read.location_id.data,
  }
  const isAsked = visitTypeId !== undefined && Object.keys(faults).length === 0
  const search = isAsked ? { ...who, visitTypeId, from, limit: slotsAPage, after: readKey(after) } : null
  const inView = search && finder.view === 'week' ? aWeekOf(search) : search
  return { wish: { ...who, visitTypeId, search: inView }, faults }
}

function aWeekOf(search: SearchSlots): SearchSlots {
  const to = search.from && addDays(search.from, 6)
  return { ...search, to, limit: slotsAWeek, isOneEach: true, after: undefined }
}

/** @param date such as `2026-11-23`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}

const key = z.tuple([instant, z.coerce.number().int().min(-1), z.coerce.number().int().min(0)])

/** What `later` wrote; anything else is the beginning. */
function readKey(written: string | undefined): SearchSlots['after'] {
  const read = key.safeParse(written?.split('_'))
  if (!read.success) return undefined
  const [startAt, load, doctorId] = read.data
  return { startAt: new Date(startAt), load, doctorId }
}
