import { and, asc, eq, gt, ilike, inArray, type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { patients } from '../../../drizzle/schema/patients.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { closed, personName } from '../shapes.ts'

export interface Patient {
  id: number
  name: string
}

/** The patients that a person may book for. */
export interface PatientChoice {
  /** By name; empty when there are too many to choose from. */
  patients: Patient[]
  /** There are too many: search by a part of the name first. */
  isMore: boolean
}

/** The longest list to choose from. */
const aGlance = 20

/**
 * The query for the patients that the person may book for; without a person it finds none. It is not sent yet, so that a
 * page can put it into its one batch. `toChoice` reads its rows.
 *
 * @param part of the name, in upper or lower case.
 */
export function patientsOf({ db }: ClinicContext, person: Person | null, part = '') {
  const own = person?.kind === 'patient' ? inArray(patients.id, person.patientIds) : undefined
  return db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .where(person ? and(own, isNamed(part)) : sql`false`)
    .limit(person?.kind === 'patient' ? person.patientIds.length : aGlance + 1)
}

export function toChoice(found: Patient[], person: Person | null): PatientChoice {
  const isMore = person?.kind !== 'patient' && found.length > aGlance
  return { patients: isMore ? [] : found.toSorted((a, b) => a.name.localeCompare(b.name)), isMore }
}

export const findPatientsInput = closed({
  /** A part of the name, in upper or lower case. */
  name: personName.optional(),
})

export interface FindPatients extends z.infer<typeof findPatientsInput> {
  /** Of one page. */
  limit: number
  /** The last id of the previous page. */
  after?: number | undefined
}

/**
 * A page of the patients that the actor may see, in the order of registration, in one trip. `next` is the `after` of the
 * next page, or null.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findPatients(
  { db, actor }: ClinicContext,
  { name, limit, after }: FindPatients,
): Promise<{ patients: Patient[]; next: number | null }> {
  const person = requireRight(actor, 'see patients')
  const found = await db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .where(and(businessOf(person), isNamed(name), after === undefined ? undefined : gt(patients.id, after)))
    .orderBy(asc(patients.id))
    .limit(limit + 1)
  const { page, last } = pageOf(found, limit)
  return { patients: page, next: last?.id ?? null }
}

/** @throws NotFound when there is no such patient, or the actor may not see them. */
export async function findPatient({ db, actor }: ClinicContext, id: number): Promise<Patient> {
  const person = requireRight(actor, 'see patients')
  const [patient] = await db
    .select({ id: patients.id, name: patients.name })
    .from(patients)
    .where(and(eq(patients.id, id), businessOf(person, sql`patient_id = ${id}::bigint`)))
  if (!patient) throw new NotFound('patient')
  return patient
}

/**
 * The patients that a person may see: patients see those they act for, doctors those with a past or future appointment
 * (a hold is none), and the front desk and admins all.
 */
function businessOf(person: Person, which = sql`true`): SQL | undefined {
  if (person.kind === 'patient') return inArray(patients.id, person.patientIds)
  if (person.kind !== 'doctor') return undefined
  // Without the array, a plan may look through the appointments of every patient for one with the doctor.
  return sql`${patients.id} = any (array(
    select patient_id from appointments
    where doctor_id = ${person.doctorId}::bigint and hold_expires_at is null and ${which}
  ))`
}

function isNamed(part = ''): SQL | undefined {
  return part.trim() ? ilike(patients.name, `%${part.trim().replace(/[\\%_]/g, '\\$&')}%`) : undefined
}
