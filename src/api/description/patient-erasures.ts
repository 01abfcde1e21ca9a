import * as z from 'zod'
import type { erasePatient } from '../../clinic/retention/erase-patient.ts'
import { type ErasureJson, erasure, type LegalHoldJson, legalHold } from '../patient-answers.ts'
import { erasureBody, legalHoldBody } from '../patient-erasures.ts'
import { refusalsOf, type Section } from './operation.ts'

const erasureExample: ErasureJson = {
  patient_id: 3,
  erased_at: '2026-11-28T03:12:09.480Z',
  cancelled_appointment_ids: [56],
  closed_account_ids: [5],
}
const legalHoldExample: LegalHoldJson = { patient_id: 3, is_on_legal_hold: true }

export const patientErasures: Section = {
  name: 'Erasing patients',
  description: 'Removing everything that the clinic keeps about a person.',
  operations: {
    'POST /patients/{id}/erasure': {
      operationId: 'erasePatient',
      summary: 'Erase a patient',
      description:
        'Erases everything that says who the person is, for good: names, dates, contact data, identifiers, notes, reasons and what changed in their record, with all records that were merged into it. Their own account is closed, unless it also acts for others. Times and statuses of appointments stay, without a name, so the clinic’s figures do not change. Erasing again is the same answer.',
      right: 'erase patients',
      body: erasureBody,
      fields: { cancel_appointments: 'Cancel the appointments that are still to come' },
      refusals: refusalsOf<typeof erasePatient>({ on_legal_hold: true, has_future_appointments: true }),
      example: { erasure: { cancel_appointments: true } },
      answer: {
        status: 200,
        summary: 'What was erased',
        body: z.object({ erasure }),
        example: { erasure: erasureExample },
      },
    },
    'PUT /patients/{id}/legal-hold': {
      operationId: 'placeLegalHold',
      summary: 'Stop the erasure of a patient',
      description:
        'While a patient is on legal hold, no one can erase their data. The patient’s history keeps the reason.',
      right: 'hold patients',
      body: legalHoldBody,
      fields: { reason: 'Why the law requires that the data is kept' },
      refusals: [],
      example: { legal_hold: { reason: 'A court asked for the record' } },
      answer: {
        status: 200,
        summary: 'The legal hold',
        body: z.object({ legal_hold: legalHold }),
        example: { legal_hold: legalHoldExample },
      },
    },
    'DELETE /patients/{id}/legal-hold': {
      operationId: 'liftLegalHold',
      summary: 'Let a patient be erased again',
      right: 'hold patients',
      answer: { status: 204, summary: 'The patient is no longer on legal hold' },
    },
  },
}
