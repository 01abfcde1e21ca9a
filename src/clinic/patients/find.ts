import { asc, inArray, sql } from 'drizzle-orm'
import { patients } from '../../../drizzle/schema/patients.ts'
import type { ClinicContext, Person } from '../context.ts'

export interface Patient {
  id: number
  name: string
}

/**
 * The query for the patients for whom the person may book, by name, none for nobody; not yet sent, so that a page
 * can put it into its one batch.
 */
export function patientsOf({ db }: ClinicContext, person: Person | null) {
  const own = person?.kind === 'patient' ? inArray(patients.id, person.patientIds) : undefined
  return db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .where(person ? own : sql`false`)
    .orderBy(asc(patients.name), asc(patients.id))
}
