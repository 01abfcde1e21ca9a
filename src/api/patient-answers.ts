import * as z from 'zod'
import { channel, issuer } from '../clinic/patients/fields.ts'
import { patientFlags } from '../clinic/patients/flags.ts'
import { sex } from '../clinic/shapes.ts'
import { instant, known } from './answers.ts'

// Shapes of answers, as in answers.ts: the tests hold every answer to them.

const ofPatient = {
  id: known,
  name: z.string(),
  called_name: z.string().nullable().describe('What to call them, if it is not their name'),
  birth_date: z.iso.date().nullable(),
}

export const patient = z
  .object({
    ...ofPatient,
    sex: sex.nullable().describe('Sex as recorded for care, in FHIR R4’s codes'),
    phone: z.string().nullable().describe('In E.164'),
    contact_email: z.string().nullable().describe('Where they are written to; a family may share it'),
    languages: z.array(z.string()).describe('BCP 47 tags, the preferred language first'),
    preferred_channel: channel.nullable(),
    address: z.string().nullable().describe('May have several lines'),
    identifiers: z.array(z.object({ issuer: issuer, value: z.string() })),
    is_deceased: z.boolean(),
    is_active: z.boolean().describe('If false, no appointments can be booked for them'),
    desk_note: z.string().nullable().optional().describe('Only staff can see it'),
    flags: z
      .array(z.enum(patientFlags))
      .optional()
      .describe('What the front desk must know when they come. Only staff can see it.'),
    is_on_legal_hold: z.boolean().optional().describe('They cannot be erased. Only staff can see it.'),
    moved_to_id: known.nullable().describe('The record that took the place of this one'),
    erased_at: instant.nullable(),
  })
  .meta({ id: 'Patient', description: 'A person who has appointments' })

export const erasure = z
  .object({
    patient_id: known.describe('The record that stays, if the other was merged into it'),
    erased_at: instant,
    cancelled_appointment_ids: z.array(known),
    closed_account_ids: z.array(known),
  })
  .meta({ id: 'Erasure', description: 'What became of an erased patient' })

export const flagsOfPatient = z
  .object({ patient_id: known, flags: z.array(z.enum(patientFlags)) })
  .meta({ id: 'PatientFlags', description: 'What the front desk must know when a patient comes' })

export const legalHold = z
  .object({ patient_id: known, is_on_legal_hold: z.boolean() })
  .meta({ id: 'LegalHold', description: 'Whether a patient’s data must be kept' })

export const patientSummary = z
  .object({
    ...ofPatient,
    phone_ending: z.string().nullable().describe('The last four digits of the phone number'),
    record_number: z.string().nullable().describe('The clinic’s own number for them'),
    is_active: z.boolean().describe('False once they are no longer a patient here'),
    is_deceased: z.boolean(),
  })
  .meta({ id: 'PatientSummary', description: 'Enough about a patient to tell two of the same name apart' })

export const patientMerge = z
  .object({
    id: known,
    from_id: known.describe('The record that went'),
    into_id: known.describe('The record that stays'),
    merged_at: instant,
    undo_until: instant.describe('Until then the merge can be undone'),
    undone_at: instant.nullable(),
    appointment_ids: z.array(known).describe('The appointments that moved'),
    filled: z.array(z.string()).describe('The fields that were empty and were filled from the other record'),
  })
  .meta({ id: 'PatientMerge', description: 'Two records of one person that became one' })
export const correctionRequest = z
  .object({
    id: known,
    patient_id: known,
    changes: patient
      .pick({ name: true, birth_date: true, sex: true })
      .partial()
      .describe('What the record should say'),
    status: z.enum(['open', 'accepted', 'declined', 'withdrawn']),
    requested_at: instant,
    decided_at: instant.nullable(),
    reason: z.string().nullable().describe('Why it was declined'),
  })
  .meta({ id: 'CorrectionRequest', description: 'A patient’s wish to correct their name, birth date or sex' })

export type PatientJson = z.output<typeof patient>
export type PatientMergeJson = z.output<typeof patientMerge>
export type CorrectionRequestJson = z.output<typeof correctionRequest>
export type ErasureJson = z.output<typeof erasure>
export type LegalHoldJson = z.output<typeof legalHold>
export type PatientFlagsJson = z.output<typeof flagsOfPatient>
export type PatientSummaryJson = z.output<typeof patientSummary>
