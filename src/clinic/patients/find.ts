import { asc } from 'drizzle-orm'
import { patients } from '../../../drizzle/schema/patients.ts'
import type { ClinicContext } from '../context.ts'

export interface Patient {
  id: number
  name: string
}

/** The query for all patients by name; not yet sent, so that a page can put it into its one batch. */
export function allPatients({ db }: ClinicContext) {
  return db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .orderBy(asc(patients.name), asc(patients.id))
}
