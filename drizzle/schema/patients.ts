import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'

/** FHIR R4's AdministrativeGender: sex as recorded for care. */
export const sexes = ['female', 'male', 'other', 'unknown'] as const
export const channels = ['email', 'whatsapp', 'sms', 'phone'] as const

/**
 * A person who is treated here, with or without an account. A trigger keeps `patient_search_keys` in step with the columns
 * by which people are found.
 */
export const patients = pgTable(
  'patients',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Counts the changes. */
    version: integer('version').notNull().default(1),
    name: text('name').notNull(),
    /** What to call them, when it is not their name. */
    calledName: text('called_name'),
    birthDate: date('birth_date', { mode: 'string' }),
    sex: text('sex', { enum: sexes }),
    /** E.164, such as `+6281234567890`. */
    phone: text('phone'),
    /** Where they are written to. A family may share it; it proves nothing about who they are. */
    contactEmail: text('contact_email'),
    /** Only for the previous release, in which a person who signed in with this address joined this record. */
    email: text('email'),
    /** BCP 47, the preferred one first. */
    languages: text('languages').array().notNull().default(sql`'{}'`),
    preferredChannel: text('preferred_channel', { enum: channels }),
    /** As on an envelope; may have several lines. */
    address: text('address'),
    /** For the front desk; patients never see it. */
    deskNote: text('desk_note'),
    isDeceased: boolean('is_deceased').notNull().default(false),
    /** False once they are no longer a patient here: they are found, but cannot be booked for. */
    isActive: boolean('is_active').notNull().default(true),
    /** Of a record that was merged: the one that took its place. It never leads to a merged record itself. */
    movedToId: bigint('moved_to_id', { mode: 'number' }).references((): AnyPgColumn => patients.id),
    /** The law requires that their data is kept: they cannot be erased. */
    isOnLegalHold: boolean('is_on_legal_hold').notNull().default(false),
    erasedAt: timestamp('erased_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (patient) => [
    check('patients_name_is_written', sql`${patient.name} ~ '\\S'`),
    check('patients_name_is_legible', isLegible(patient.name)),
    check('patients_email_is_lower_case', sql`${patient.email} = lower(${patient.email})`),
    check(
      'patients_contact_email_is_lower_case',
      sql`${patient.contactEmail} = lower(${patient.contactEmail})`,
    ),
    check('patients_called_name_is_written', sql`${patient.calledName} ~ '\\S'`),
    check('patients_called_name_is_legible', isLegible(patient.calledName)),
    check('patients_birth_date_is_sane', sql`${patient.birthDate} >= '1850-01-01'`),
    check('patients_sex_is_fhir', sql`${patient.sex} in ('female', 'male', 'other', 'unknown')`),
    check('patients_phone_is_e164', sql`${patient.phone} ~ '^[+][1-9][0-9]{6,14}$'`),
    check('patients_languages_are_few', sql`cardinality(${patient.languages}) <= 5`),
    check(
      'patients_channel_is_known',
      sql`${patient.preferredChannel} in ('email', 'whatsapp', 'sms', 'phone')`,
    ),
    check('patients_address_is_sane', sql`${patient.address} ~ '\\S' and length(${patient.address}) <= 500`),
    check('patients_note_is_sane', sql`${patient.deskNote} ~ '\\S' and length(${patient.deskNote}) <= 1000`),
    check('patients_move_to_another', sql`${patient.movedToId} <> ${patient.id}`),
    uniqueIndex('patients_email_once').on(patient.email),
    index('patients_moved').on(patient.movedToId).where(sql`${patient.movedToId} is not null`),
    // Finds any part of a name.
    index('patients_by_part_of_name').using('gin', patient.name.op('gin_trgm_ops')),
  ],
)
