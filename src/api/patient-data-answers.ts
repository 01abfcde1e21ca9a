import * as z from 'zod'
import { patientEventKinds } from '../clinic/patients/find-history.ts'
import { known } from './answers.ts'
import { exportedAccount } from './exported-account-answers.ts'

// Shapes of answers, as in answers.ts: the tests hold every answer to them.

const at = z.string().meta({ format: 'date-time' })
const never = at.nullable()
const maybe = z.string().nullable()
const day = z.iso.date().nullable()
const actor = z.string().describe('The role of the person or system that did it')
const facts = z.record(z.string(), z.unknown())
const what = z
  .enum(['record', 'history', 'export'])
  .describe('What they saw: the record, its history, or an export of everything')

export const patientAccess = z
  .object({
    id: known,
    at,
    what,
    actor_kind: z.enum(['front_desk', 'doctor', 'admin']).describe('Their role at the time'),
    is_by_key: z.boolean().describe('Another system opened the record with an API key of theirs'),
    account_id: known.nullable().describe('Who it was. Only admins see it.'),
  })
  .meta({ id: 'PatientAccess', description: 'One of the clinic’s own people opened a patient’s record' })

export const patientEvent = z
  .object({
    id: known,
    patient_id: known.describe('The record it happened to: this one, or one that was merged into it'),
    kind: z.enum(patientEventKinds),
    at,
    actor,
    account_id: known.nullable(),
    api_key_id: known.nullable(),
    request_id: maybe.describe('The `X-Request-Id` of the request that made the change'),
    reason: maybe,
    before: facts.nullable().describe('The fields that changed, as they were'),
    after: facts.nullable().describe('The same, as they are'),
  })
  .meta({ id: 'PatientEvent', description: 'A change to a patient’s record' })

const record = z
  .object({
    id: known,
    version: known,
    name: z.string(),
    called_name: maybe,
    birth_date: day,
    sex: maybe,
    phone: maybe,
    contact_email: maybe,
    email: maybe.describe('The address by which earlier releases linked an account'),
    languages: z.array(z.string()),
    preferred_channel: maybe,
    address: maybe,
    desk_note: maybe.describe('A note of the front desk'),
    is_deceased: z.boolean(),
    is_active: z.boolean(),
    moved_to_id: known.nullable().describe('The record it was merged into'),
    is_on_legal_hold: z.boolean(),
    erased_at: never,
    created_at: at,
    identifiers: z.array(z.object({ issuer: z.string(), value: z.string() })),
  })
  .meta({ id: 'ExportedRecord' })

const appointment = z
  .object({
    id: known,
    patient_id: known,
    status: z.string(),
    version: z.int(),
    start_at: at,
    start_local: z.string(),
    end_at: at,
    end_local: z.string(),
    time_zone: z.string(),
    location: z.string(),
    doctor: z.string(),
    visit_type: maybe,
    reason_for_visit: maybe,
    override_reason: maybe,
    hold_expires_at: never,
    arrived_at: never.describe('When the patient came'),
    started_at: never.describe('When the doctor began'),
    note: maybe.describe('What the clinic’s own people wrote for one another'),
    responded_at: never.describe('When the patient last said that they will come'),
    response_start_at: never.describe('The start for which they said so'),
    events: z.array(
      z.object({
        number: known,
        kind: z.string(),
        at,
        actor,
        reason: maybe,
        changes: facts.describe('The facts that changed, with their new values'),
      }),
    ),
  })
  .meta({ id: 'ExportedAppointment' })

const sentMessage = z
  .object({
    id: known,
    kind: z.string(),
    days_before: z.int().nullable(),
    state: z.string(),
    reason: maybe,
    channel: maybe,
    address: maybe.describe('Null if it went to someone who acts for the person'),
    language: maybe,
    created_at: at,
    due_at: at,
    sent_at: at.nullable(),
    delivered_at: at.nullable(),
    appointment_ids: z.array(known),
  })
  .meta({ id: 'ExportedMessage' })

export const patientExport = z
  .object({
    format: z
      .int()
      .describe('Grows by one when a key changes its meaning. New keys may be added at any time.'),
    made_at: at,
    patient_id: known,
    records: z.array(record).describe('The record, then those that were merged into it'),
    appointments: z.array(appointment).describe('From first to last'),
    accounts: z
      .array(exportedAccount)
      .describe('The accounts that act for the person; their own comes first'),
    messages: z.array(sentMessage).describe('To the person or about their appointments; oldest first'),
    walk_ins: z
      .array(
        z.object({
          day: z.string(),
          number: known,
          location: z.string(),
          doctor: maybe,
          visit_type: z.string(),
          came_at: at,
          left_at: never,
          appointment_id: known.nullable(),
        }),
      )
      .describe('When the person came without an appointment, and what they were booked'),
    flags: z
      .array(z.object({ flag: z.string(), set_at: at }))
      .describe('What the front desk is told about the person'),
    message_preferences: z
      .array(z.object({ kind: z.string(), choice: z.enum(['wanted', 'unwanted']), chosen_at: at }))
      .describe('Which kinds of message the person chose to get, or not'),
    record_events: z.array(
      z.object({
        patient_id: known,
        kind: z.string(),
        at,
        actor,
        reason: maybe,
        before: facts.nullable(),
        after: facts.nullable(),
      }),
    ),
    correction_requests: z.array(
      z.object({
        patient_id: known,
        changes: facts,
        status: z.string(),
        requested_at: at,
        decided_at: never,
        reason: maybe,
      }),
    ),
    invitations: z.array(
      z.object({
        patient_id: known,
        email: maybe.describe('Null if it is not an address of the person'),
        relation: z.string().describe('What the patient becomes to the account'),
        invited_at: at,
        mailed_at: never,
        expires_at: at,
        accepted_at: never,
        withdrawn_at: never,
        failures: z.int().describe('Wrong answers to it'),
      }),
    ),
    merges: z.array(z.object({ from_id: known, into_id: known, merged_at: at, undone_at: never })),
    accesses: z.array(z.object({ patient_id: known, at, actor, with_key: z.boolean(), what })),
  })
  .meta({
    id: 'PatientExport',
    description:
      'Everything that the clinic keeps about a person. The clinic’s own people and other patients appear by role or id.',
  })

export type PatientAccessJson = z.output<typeof patientAccess>
export type PatientEventJson = z.output<typeof patientEvent>
export type PatientExportJson = z.output<typeof patientExport>
