import * as z from 'zod'
import type { SearchSlots } from '../clinic/availability/search-slots.ts'
import type { Fault } from '../clinic/refusals.ts'
import { calendarDate, id, instant } from '../clinic/shapes.ts'

const slotsAPage = 24
/** More than a week has, in steps of five minutes. */
const slotsAWeek = 7 * 24 * 12

/** What is looked for, as it was written. */
export interface Finder {
  visit_type_id: string
  doctor_id: string
  location_id: string
  from: string
  /** `week`, or else a list of the first. */
  view: string
}

export const finderFields = ['visit_type_id', 'doctor_id', 'location_id', 'from', 'view'] as const

/** What is looked for, as an address or a form says it; a week begins today, unless told otherwise. */
export function finderOf(written: (name: string) => string, now: Date): Finder {
  const isWeek = written('view') === 'week'
  return {
    visit_type_id: written('visit_type_id'),
    doctor_id: written('doctor_id'),
    location_id: written('location_id'),
    from: written('from') || (isWeek ? now.toISOString().slice(0, 10) : ''),
    view: isWeek ? 'week' : '',
  }
}

export type FinderFaults = Partial<Record<keyof Finder, Fault>>

/** The search, null when no kind of visit was chosen, and what of the form could not be read. */
export function readFinder(
  finder: Finder,
  after: string | undefined,
): { search: SearchSlots | null; faults: FinderFaults } {
  if (!finder.visit_type_id) return { search: null, faults: {} }
  const [visitTypeId, doctorId, locationId, from] = [
    id.safeParse(finder.visit_type_id),
    id.optional().safeParse(finder.doctor_id || undefined),
    id.optional().safeParse(finder.location_id || undefined),
    calendarDate.optional().safeParse(finder.from || undefined),
  ]
  const faults: FinderFaults = {
    ...(!visitTypeId.success && { visit_type_id: 'unknown' }),
    ...(!doctorId.success && { doctor_id: 'unknown' }),
    ...(!locationId.success && { location_id: 'unknown' }),
    ...(!from.success && { from: 'not_a_date' }),
  }
  if (!visitTypeId.success || !doctorId.success || !locationId.success || !from.success)
    return { search: null, faults }
  const search = {
    visitTypeId: visitTypeId.data,
    doctorId: doctorId.data,
    locationId: locationId.data,
    from: from.data,
    limit: slotsAPage,
    after: readKey(after),
  }
  return { search: finder.view === 'week' ? aWeekOf(search) : search, faults }
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
