import { and, eq, sql } from 'drizzle-orm'
import type { identifierIssuers } from '../../../drizzle/schema/patient-identifiers.ts'
import { type channels, patients, type sexes } from '../../../drizzle/schema/patients.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { businessOf } from './find.ts'

type Sex = (typeof sexes)[number]
type Channel = (typeof channels)[number]
type Issuer = (typeof identifierIssuers)[number]

interface Identifier {
  issuer: Issuer
  value: string
}

/** All that the clinic knows of a patient, apart from their appointments. */
export interface Patient {
  id: number
  /** Counts the changes. */
  version: number
  name: string
  /** What to call them, when it is not their name. */
  calledName: string | null
  /** A calendar date, such as `1990-05-17`. */
  birthDate: string | null
  /** Sex as recorded for care. */
  sex: Sex | null
  /** E.164, such as `+6281234567890`. */
  phone: string | null
  /** Where they are written to; a family may share it. */
  contactEmail: string | null
  /** BCP 47, the preferred one first. */
  languages: string[]
  preferredChannel: Channel | null
  /** As on an envelope; may have several lines. */
  address: string | null
  /** For the clinic's own people; null when the patient asks. */
  deskNote: string | null
  identifiers: Identifier[]
  isDeceased: boolean
  isActive: boolean
  isOnLegalHold: boolean
  /** The record that took the place of this one. */
  movedToId: number | null
  erasedAt: Date | null
}

/**
 * The record in force: for a record that was merged, the one that took its place, with another id than was asked for.
 *
 * @throws NotFound when there is no such patient, or the actor may not see them; NotSignedIn, Forbidden.
 */
export async function findPatient(ctx: ClinicContext, id: number): Promise<Patient> {
  const [patient] = await recordOf(ctx, requireRight(ctx.actor, 'see patients'), id)
  if (!patient) throw new NotFound('patient')
  return patient
}

/** The record in force of one patient whom the person may see, as a query that a page can send with its others. */
export function recordOf({ db }: Pick<ClinicContext, 'db'>, person: Person, id: number) {
  const isOwn = person.kind === 'patient'
  return db
    .select({ ...columns, deskNote: isOwn ? sql<string | null>`null` : patients.deskNote })
    .from(patients)
    .where(and(eq(patients.id, inForce(id)), businessOf(person, sql`patient_id = ${inForce(id)}`)))
}

/** The id of the record that took the place of this one, or its own. */
export const inForce = (id: number) =>
  sql`(select coalesce(one.moved_to_id, one.id) from patients one where one.id = ${id}::bigint)`

// Those of the records that moved to this one are the person's, too.
const identifiers = sql<Identifier[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('issuer', issuer, 'value', value) order by issuer, value), '[]')
  from patient_identifiers
  where patient_id = any (array(
    select one.id from patients one where one.id = ${patients.id} or one.moved_to_id = ${patients.id}
  ))
)`

const columns = {
  id: patients.id,
  version: patients.version,
  name: patients.name,
  calledName: patients.calledName,
  birthDate: patients.birthDate,
  sex: patients.sex,
  phone: patients.phone,
  contactEmail: patients.contactEmail,
  languages: patients.languages,
  preferredChannel: patients.preferredChannel,
  address: patients.address,
  identifiers,
  isDeceased: patients.isDeceased,
  isActive: patients.isActive,
  isOnLegalHold: patients.isOnLegalHold,
  movedToId: patients.movedToId,
  erasedAt: patients.erasedAt,
}
