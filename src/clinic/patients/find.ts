import { and, asc, gt, ilike, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { patients } from '../../../drizzle/schema/patients.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext, Person } from '../context.ts'
import { pageOf } from '../page-of.ts'
import { closed, personName } from '../shapes.ts'
import { type FoundRow, searchFor, toFound } from './search.ts'
import { type PatientSummary, recordNumberOf, summaryColumns, toSummary } from './summary.ts'

/** The patients that a person may book for. */
export interface PatientChoice {
  /** By name, or the best matches of a search first; empty when there are too many to choose from. */
  patients: PatientSummary[]
  /** There are, or may be, more: search, or type more. */
  isMore: boolean
}

/** The longest list to choose from. */
const aGlance = 20

interface Wanted {
  /** What the front desk typed to find the patient. */
  typed?: string | undefined
  /** The one who was chosen before. */
  chosenId?: number | undefined
}

/**
 * The patients that the person may book for; without a person none. The query is not sent yet, so that a page can put it
 * into its one batch; `read` reads its rows. Staff who typed nothing see the one they chose before, or else all if they
 * are few.
 */
export function patientsOf(ctx: ClinicContext, person: Person | null, { typed, chosenId }: Wanted = {}) {
  if (person && typed?.trim()) {
    const { rows, isTooShort } = searchFor(ctx, person, typed)
    const read = (found: FoundRow[]): PatientChoice => {
      const { patients, isCut } = toFound(found, isTooShort)
      return { patients, isMore: isCut }
    }
    return { query: ctx.db.execute<FoundRow>(rows), read }
  }
  const isPatient = person?.kind === 'patient'
  const own = isPatient ? anyOf(person.patientIds) : person ? sql`true` : sql`false`
  const isChosen = chosenId !== undefined && !isPatient
  const one = isChosen
    ? sql`patient.id = (
        select coalesce(moved_to_id, id) from patients where id = ${chosenId}::bigint
      )`
    : sql`true`
  const query = ctx.db.execute<FoundRow>(sql`
    select ${summaryColumns}, false as is_cut
    from patients patient
    where ${own} and ${one} and ${person?.kind === 'doctor' ? isPatientOf(person, chosenId ?? 0) : sql`true`} and patient.moved_to_id is null and patient.erased_at is null
    limit ${isPatient ? person.patientIds.length : aGlance + 1}`)
  return { query, read: (found: FoundRow[]) => toChoice(found.map(toSummary), isPatient, isChosen) }
}

const anyOf = (ids: number[]) => sql`patient.id = any (${`{${ids.join(',')}}`}::bigint[])`

function toChoice(found: PatientSummary[], isPatient: boolean, isChosen: boolean): PatientChoice {
  const isTooLong = !isPatient && found.length > aGlance
  const isMore = isTooLong || isChosen
  return { patients: isTooLong ? [] : found.toSorted((a, b) => a.name.localeCompare(b.name)), isMore }
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

const columns = {
  id: patients.id,
  name: patients.name,
  calledName: patients.calledName,
  birthDate: patients.birthDate,
  phoneEnding: sql<string | null>`right(${patients.phone}, 4)`,
  recordNumber: recordNumberOf,
  isActive: patients.isActive,
  isDeceased: patients.isDeceased,
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
): Promise<{ patients: PatientSummary[]; next: number | null }> {
  const person = requireRight(actor, 'see patients')
  const found = await db
    .select(columns)
    .from(patients)
    .where(
      and(
        businessOf(person),
        isNamed(name),
        isNull(patients.movedToId),
        isNull(patients.erasedAt),
        after === undefined ? undefined : gt(patients.id, after),
      ),
    )
    .orderBy(asc(patients.id))
    .limit(limit + 1)
  const { page, last } = pageOf(found, limit)
  return { patients: page, next: last?.id ?? null }
}

/**
 * The patients that a person may see: patients see those they act for, doctors those with a past or future appointment
 * (a hold is none) in which both take part, and the front desk and admins all.
 *
 * @param which of them: only this one.
 */
export function businessOf(person: Person, which?: SQL): SQL | undefined {
  if (person.kind === 'patient') return inArray(patients.id, person.patientIds)
  if (person.kind !== 'doctor') return undefined
  // Without the array, a plan may look through the appointments of every patient for one with the doctor.
  return sql`${patients.id} = any (array(
    select patient_id from appointments
    where doctor_id = ${person.doctorId}::bigint and hold_expires_at is null
    and ${which ? sql`patient_id = ${which}` : sql`true`}
    union all
    select - met.resource_id
    from claims met
    join appointments one on one.id = met.appointment_id and one.hold_expires_at is null
    where met.part in ('colleague', 'companion') and met.resource_id < 0 and one.doctor_id = ${person.doctorId}::bigint
    and ${which ? sql`met.resource_id = - ${which}` : sql`true`}
    union all
    select - met.resource_id
    from claims mine
    join claims met on met.appointment_id = mine.appointment_id and met.resource_id < 0 and met.expires_at is null
    where mine.resource_id = (select resource_id from doctors where id = ${person.doctorId}::bigint)
    and mine.part in ('colleague', 'companion')
    and ${which ? sql`met.resource_id = - ${which}` : sql`true`}
  ))`
}

/** Whether it is a patient whom the doctor has seen, or will see. */
export const isPatientOf = (doctor: Extract<Person, { kind: 'doctor' }>, patientId: number): SQL =>
  sql`exists (
    select from ${patients}
    where ${patients.id} = (select coalesce(moved_to_id, id) from patients where id = ${patientId}::bigint)
    and ${businessOf(doctor, sql`${patients.id}`)}
  )`

function isNamed(part = ''): SQL | undefined {
  return part.trim() ? ilike(patients.name, `%${part.trim().replace(/[\\%_]/g, '\\$&')}%`) : undefined
}
