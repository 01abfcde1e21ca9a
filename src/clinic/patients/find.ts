import { asc, inArray } from 'drizzle-orm'
import { patients } from '../../../drizzle/schema/patients.ts'
import type { ClinicContext, Person } from '../context.ts'

export interface Patient {
  id: number
  name: string
}

/**
 * The query for the patients for whom the person may book, by name; not yet sent, so that a page can put it
 * into its one batch.
 */
export function patientsOf({ db }: ClinicContext, person: Person) {
  const own = person.kind === 'patient' ? inArray(patients.id, person.patientIds) : undefined
  return db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .where(own)
    .orderBy(asc(patients.name), asc(patients.id))
}
