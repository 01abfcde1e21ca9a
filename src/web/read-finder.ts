import type { BookingWish } from '../clinic/appointments/read-booking-page.ts'
import { type SearchSlots, searchSlotsInput, slotKey } from '../clinic/availability/search-slots.ts'
import type { Fault } from '../clinic/refusals.ts'
import { readKey } from './page-key.ts'
import { readFields, type Written } from './read-form.ts'

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
export function finderOf(written: Written, now: Date): Finder {
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
  const { visitTypeId: visitType, ...others } = searchSlotsInput.shape
  const fields = { ...others, visitTypeId: visitType.optional() }
  const { ok, values, faults } = readFields((name) => finder[name as keyof Finder] ?? '', fields)
  const { visitTypeId, from, specialty, doctorId, locationId } = values
  const who = { specialty, doctorId, locationId }
  const isAsked = visitTypeId !== undefined && ok
  const search = isAsked
    ? { ...who, visitTypeId, from, limit: slotsAPage, after: readKey(after, slotKey) }
    : null
  const inView = search && finder.view === 'week' ? aWeekOf(search) : search
  return { wish: { ...who, visitTypeId, search: inView }, faults: inFinderWords(faults) }
}

/** Everything but the date is chosen from a list, which lacks what cannot be read. */
function inFinderWords(faults: FinderFaults): FinderFaults {
  const entries = Object.entries(faults)
  return Object.fromEntries(entries.map(([name, fault]) => [name, name === 'from' ? fault : 'unknown']))
}

function aWeekOf(search: SearchSlots): SearchSlots {
  const to = search.from && addDays(search.from, 6)
  return { ...search, to, limit: slotsAWeek, isOneEach: true, after: undefined }
}

/** @param date such as `2026-11-23`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
