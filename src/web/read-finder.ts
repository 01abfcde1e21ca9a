import * as z from 'zod'
import type { SearchSlots } from '../clinic/availability/search-slots.ts'
import type { Fault } from '../clinic/refusals.ts'
import { calendarDate, id, instant } from '../clinic/shapes.ts'

const slotsAPage = 24

/** What is looked for, as it was written. */
export interface Finder {
  visit_type_id: string
  doctor_id: string
  location_id: string
  from: string
  /** For whom, kept while looking. */
  patient_id: string
}

/** What is looked for, out of an address or of a form; a form of a slot says apart whom the search was for. */
export function finderOf(doctorId: string, written: (name: string) => string): Finder {
  return {
    visit_type_id: written('visit_type_id'),
    doctor_id: doctorId,
    location_id: written('location_id'),
    from: written('from'),
    patient_id: written('patient_id'),
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
  return { search, faults }
}

const key = z.tuple([instant, z.coerce.number().int().min(-1), z.coerce.number().int().min(0)])

/** What `later` wrote; anything else is the beginning. */
function readKey(written: string | undefined): SearchSlots['after'] {
  const read = key.safeParse(written?.split('_'))
  if (!read.success) return undefined
  const [startAt, load, doctorId] = read.data
  return { startAt: new Date(startAt), load, doctorId }
}
