import { and, ilike, inArray, sql } from 'drizzle-orm'
import { patients } from '../../../drizzle/schema/patients.ts'
import type { ClinicContext, Person } from '../context.ts'

export interface Patient {
  id: number
  name: string
}

/** For whom somebody may book. */
export interface PatientChoice {
  /** By name; none when there are more than could be chosen from. */
  patients: Patient[]
  /** There are more: whoever chooses names a part of the name. */
  isMore: boolean
}

/** As many can be chosen from at a glance. */
const aGlance = 20

/**
 * The query for the patients for whom the person may book, none for nobody; not yet sent, so that a page can put it
 * into its one batch. `toChoice` reads it.
 *
 * @param part of the name, in whatever case.
 */
export function patientsOf({ db }: ClinicContext, person: Person | null, part = '') {
  const own = person?.kind === 'patient' ? inArray(patients.id, person.patientIds) : undefined
  const isNamed = part.trim()
    ? ilike(patients.name, `%${part.trim().replace(/[\\%_]/g, '\\$&')}%`)
    : undefined
  return db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .where(person ? and(own, isNamed) : sql`false`)
    .limit(person?.kind === 'patient' ? person.patientIds.length : aGlance + 1)
}

export function toChoice(found: Patient[], person: Person | null): PatientChoice {
  const isMore = person?.kind !== 'patient' && found.length > aGlance
  return { patients: isMore ? [] : found.toSorted((a, b) => a.name.localeCompare(b.name)), isMore }
}
