import type { BookingWish } from '../clinic/appointments/read-booking-page.ts'
import { type SearchSlots, searchSlotsInput, slotKey } from '../clinic/availability/search-slots.ts'
import type { Fault } from '../clinic/refusals.ts'
import { readKey } from './page-key.ts'
import { readFields, type Written } from './read-form.ts'

const slotsAPage = 24
/** A week in steps of five minutes. */
const slotsAWeek = 7 * 24 * 12

/** The search as the visitor entered it. */
export interface Finder {
  visit_type_id: string
  specialty: string
  doctor_id: string
  location_id: string
  from: string
  /** `week`, or empty for a list. */
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

/** The search in a query or a form. A week starts today unless `from` says otherwise. */
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

/** What the page loads for a search: no slots (`search` is null) without a visit type, or with a fault. */
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
    ? { ...who, visitTypeId, from, limit: slotsAPage, looksBeyond: true, after: readKey(after, slotKey) }
    : null
  const inView = search && finder.view === 'week' ? aWeekOf(search) : search
  return { wish: { ...who, visitTypeId, search: inView }, faults: inFinderWords(faults) }
}

/** All fields but the date are lists to choose from, so a value that cannot be read is an unknown one. */
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
