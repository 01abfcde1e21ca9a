import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { patientAccesses } from '../../../drizzle/schema/patient-accesses.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { sex } from '../shapes.ts'
import type { channel, Identifier } from './fields.ts'
import { businessOf } from './find.ts'
import type { PatientFlag } from './flags.ts'

/** What `empty_records` leaves in place of a name. */
export const erasedName = 'Erased patient'

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
  sex: z.infer<typeof sex> | null
  /** E.164, such as `+6281234567890`. */
  phone: string | null
  /** Where they are written to; a family may share it. */
  contactEmail: string | null
  /** BCP 47, the preferred one first. */
  languages: string[]
  preferredChannel: z.infer<typeof channel> | null
  /** As on an envelope; may have several lines. */
  address: string | null
  /** For the clinic's own people; null when the patient asks. */
  deskNote: string | null
  /** What the front desk must know; only staff see it. */
  flags: PatientFlag[]
  /** Those of the records that moved to this one, too. */
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
  const { rows } = await recordOf(ctx, requireRight(ctx.actor, 'see patients'), id)
  if (!rows[0]) throw new NotFound('patient')
  return toPatient(rows[0])
}

export type Opened = (typeof patientAccesses.$inferSelect)['what']

/**
 * The record in force of one patient whom the person may see, as a query that a page can send with its others. It also
 * records that the person opened it, if they are one of the clinic's own; lists and search results record nothing.
 */
export function recordOf(ctx: ClinicContext, person: Person, id: number) {
  const what: Opened = 'record'
  return ctx.db.execute<RecordRow>(sql`
    select record.*, record_patient_access(id, ${what}, ${acting(ctx)}) as recorded
    from (${recordRows(person, id)}) record`)
}

/** The id of the record that took the place of this one, or its own. */
export const inForce = (id: number) =>
  sql`(select coalesce(one.moved_to_id, one.id) from patients one where one.id = ${id}::bigint)`

/** The same as rows of an answer, which records nothing. */
export function recordRows(person: Person, id: number): SQL {
  const isSeen = businessOf(person, inForce(id))
  const note = person.kind === 'patient' ? sql`null` : sql`desk_note`
  const flags =
    person.kind === 'patient'
      ? sql`null::jsonb`
      : sql`(
          select coalesce(jsonb_agg(flag order by flag), '[]') from patient_flags where patient_id = patients.id
        )`
  return sql`
    select
      id, version, name, called_name, birth_date::text, sex, phone, contact_email, to_jsonb(languages) as languages,
      preferred_channel, address, ${note} as desk_note, ${flags} as flags, identifiers_of(id) as identifiers, is_deceased, is_active,
      is_on_legal_hold, moved_to_id,
      to_char(erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as erased_at
    from patients
    where id = ${inForce(id)} and ${isSeen ?? sql`true`}`
}

export interface RecordRow extends Record<string, unknown> {
  id: string | number
  version: number
  name: string
  called_name: string | null
  birth_date: string | null
  sex: Patient['sex']
  phone: string | null
  contact_email: string | null
  languages: string[]
  preferred_channel: Patient['preferredChannel']
  address: string | null
  desk_note: string | null
  /** Missing from answers that an earlier release kept. */
  flags?: PatientFlag[] | null
  identifiers: Identifier[]
  is_deceased: boolean
  is_active: boolean
  is_on_legal_hold: boolean
  moved_to_id: string | number | null
  erased_at: string | null
}

export function toPatient(row: RecordRow): Patient {
  return {
    id: Number(row.id),
    version: row.version,
    name: row.name,
    calledName: row.called_name,
    birthDate: row.birth_date,
    sex: row.sex,
    phone: row.phone,
    contactEmail: row.contact_email,
    languages: row.languages,
    preferredChannel: row.preferred_channel,
    address: row.address,
    deskNote: row.desk_note,
    flags: row.flags ?? [],
    identifiers: row.identifiers,
    isDeceased: row.is_deceased,
    isActive: row.is_active,
    isOnLegalHold: row.is_on_legal_hold,
    movedToId: row.moved_to_id === null ? null : Number(row.moved_to_id),
    erasedAt: row.erased_at === null ? null : new Date(row.erased_at),
  }
}
