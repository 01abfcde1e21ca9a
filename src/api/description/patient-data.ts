import * as z from 'zod'
import { patientLogSearch } from '../patient-data.ts'
import {
  type PatientAccessJson,
  type PatientEventJson,
  type PatientExportJson,
  patientAccess,
  patientEvent,
  patientExport,
} from '../patient-data-answers.ts'
import type { Section } from './operation.ts'

const accessExample: PatientAccessJson = {
  id: 91,
  at: '2026-11-27T03:12:09.480Z',
  what: 'record',
  actor_kind: 'front_desk',
  is_by_key: false,
  account_id: 2,
}

const eventExample: PatientEventJson = {
  id: 512,
  patient_id: 3,
  kind: 'patient.corrected',
  at: '2026-11-27T03:12:09.480Z',
  actor: 'front_desk',
  account_id: 2,
  api_key_id: null,
  request_id: '0e8f6a54-6b0c-4b6c-9c0e-4f1c8a4a2d11',
  reason: null,
  before: { phone: null },
  after: { phone: '+6281234567890' },
}

const exportExample: PatientExportJson = {
  format: 1,
  made_at: '2026-11-28T05:00:00Z',
  patient_id: 3,
  records: [
    {
      id: 3,
      version: 2,
      name: 'Patient Zero',
      called_name: null,
      birth_date: '1990-05-17',
      sex: null,
      phone: '+6281234567890',
      contact_email: 'zero@example.com',
      email: null,
      languages: ['id'],
      preferred_channel: null,
      address: null,
      desk_note: null,
      is_deceased: false,
      is_active: true,
      moved_to_id: null,
      is_on_legal_hold: false,
      erased_at: null,
      created_at: '2026-11-20T04:00:00Z',
      identifiers: [{ issuer: 'record', value: 'MR-0003' }],
    },
  ],
  appointments: [],
  accounts: [
    {
      id: 5,
      relation: 'dependant',
      linked_at: '2026-11-20T04:00:00Z',
      ends_on: null,
      notice_sent_at: null,
    },
  ],
  messages: [],
  walk_ins: [],
  flags: [{ flag: 'interpreter', set_at: '2026-11-27T03:12:09.480Z' }],
  message_preferences: [{ kind: 'reminder', choice: 'unwanted', chosen_at: '2026-11-27T03:12:09.480Z' }],
  record_events: [],
  correction_requests: [],
  invitations: [],
  merges: [],
  accesses: [
    {
      patient_id: 3,
      at: '2026-11-27T03:12:09.480Z',
      actor: 'front_desk',
      with_key: false,
      what: 'record',
    },
  ],
}

export const patientData: Section = {
  name: 'Patients’ data',
  description: 'What the clinic keeps about a patient, and who looked at it.',
  operations: {
    'GET /patients/{id}/accesses': {
      operationId: 'listPatientAccesses',
      summary: 'List who opened a patient’s record, newest first',
      description:
        'Every time one of the clinic’s own people, or a key of theirs, opens a record, its history or an export. Lists and search results do not count, and neither do the patient and those who act for them.',
      right: 'see who opened records',
      query: patientLogSearch,
      fields: { limit: 'Maximum number of results per page' },
      answer: {
        status: 200,
        summary: 'A page of accesses',
        body: z.object({ patient_accesses: z.array(patientAccess) }),
        headers: ['Link'],
        example: { patient_accesses: [accessExample] },
      },
    },
    'GET /patients/{id}/events': {
      operationId: 'listPatientEvents',
      summary: 'List what happened to a patient’s record, newest first',
      description:
        'Who registered, corrected, merged, linked or exported it, when and why, with the fields that changed. It includes what happened to records that were merged into this one. An erasure empties what the events say of the person.',
      right: 'see what happened',
      query: patientLogSearch,
      fields: { limit: 'Maximum number of results per page' },
      answer: {
        status: 200,
        summary: 'A page of events',
        body: z.object({ patient_events: z.array(patientEvent) }),
        headers: ['Link'],
        example: { patient_events: [eventExample] },
      },
    },
    'GET /patients/{id}/export': {
      operationId: 'exportPatient',
      summary: 'Export everything about a patient',
      description:
        'Everything that the clinic keeps about a person, as of one instant, to hand over to them. It includes records that were merged into this one. The export is recorded in the patient’s history and in the security log. On the website, the front desk and patients can also get it as a page to read.',
      right: 'export patients',
      answer: {
        status: 200,
        summary: 'The export, as a file',
        body: z.object({ patient_export: patientExport }),
        headers: ['Content-Disposition'],
        example: { patient_export: exportExample },
      },
    },
  },
}
