import * as z from 'zod'
import type { correctPatient } from '../../clinic/patients/correct.ts'
import type { acceptCorrection } from '../../clinic/patients/correction-requests.ts'
import type { registerPatient } from '../../clinic/patients/register.ts'
import { correctionRequestsSearch, rejectionBody } from '../correction-requests.ts'
import { correctionRequest, patient, patientSummary } from '../patient-answers.ts'
import { correctionBody, patientBody, patientSearchBody, patientsSearch } from '../patients.ts'
import { correctionRequestExample, patientExample, patientSummaryExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'
import { patientLinkOperations } from './patient-links.ts'

const ofPatient: Answer = {
  status: 200,
  summary: 'The patient',
  headers: ['ETag'],
  body: z.object({ patient }),
  example: { patient: patientExample },
}
const ofSearch: Answer = {
  status: 200,
  summary: 'At most 20 patients, the best matches first',
  body: z.object({
    patients: z.array(patientSummary),
    is_cut: z.boolean().describe('There may be more: type more to find the person'),
  }),
  example: { patients: [patientSummaryExample], is_cut: false },
}
const ofRequest: Answer = {
  status: 200,
  summary: 'The request',
  body: z.object({ correction_request: correctionRequest }),
  example: { correction_request: correctionRequestExample },
}
const deciding = refusalsOf<typeof acceptCorrection>({
  already_decided: true,
  identifier_taken: true,
  nik_disagrees: true,
  patient_erased: true,
})

export const patients: Section = {
  name: 'Patients',
  description: 'The people who are treated, with or without an account.',
  operations: {
    'GET /patients': {
      operationId: 'listPatients',
      summary: 'List patients, oldest registration first',
      description:
        'The front desk sees all patients. Patients see themselves and the people they book for. Doctors see patients who have, or had, an appointment with them. With `q`, the answer is that of `searchPatients`; prefer that operation, because addresses end up in logs.',
      right: 'see patients',
      query: patientsSearch,
      fields: {
        q: 'What a person typed to find a patient; not together with `cursor`',
        name: 'Part of the name, exactly as it is written but in upper or lower case. Deprecated: `q` finds more',
        limit: 'Maximum number of results per page',
      },
      answer: {
        status: 200,
        summary: 'A page of patients',
        body: z.object({
          patients: z.array(patientSummary),
          is_cut: z.boolean().optional().describe('Only with `q`'),
        }),
        headers: ['Link'],
        example: { patients: [patientSummaryExample] },
      },
    },
    'POST /patients': {
      operationId: 'registerPatient',
      summary: 'Register a patient',
      description:
        'The front desk can register anyone. Patients can register their own dependants, as many as the clinic allows. If the person may already be registered, you get `may_exist` with the candidates: someone with the same phone number, with a similar name and the same date of birth, or with the same name in the account’s family. The settings say whether patients must, may or must not send a birth date, a phone number and a sex.',
      right: 'register patients',
      body: patientBody,
      fields: {
        called_name: 'What to call them, if it is not their name',
        phone: 'With the country code, in E.164',
        confirmed: 'Register them even if they may already exist',
        email: 'The same as `contact_email`, under its older name',
        contact_email:
          'Where the patient is written to. A family can share it; it gives no one access. Front desk only.',
        languages: 'BCP 47 tags, the preferred language first',
        identifiers: 'Front desk only',
        desk_note: 'For staff. Front desk only.',
        account_id: 'The account that can act for the patient. Defaults to your own if you are a patient.',
      },
      refusals: [
        'not_found',
        ...refusalsOf<typeof registerPatient>({
          invalid: true,
          too_many_dependants: true,
          may_exist: true,
          identifier_taken: true,
          nik_disagrees: true,
        }),
      ],
      example: { patient: { name: patientExample.name } },
      answer: { ...ofPatient, status: 201 },
    },
    'POST /patients/search': {
      operationId: 'searchPatients',
      summary: 'Search patients',
      description:
        'Finds people by whatever a person types: parts of the name in any order, a date of birth in any usual form, the last digits of the phone number, or the email address. Spelling, accents and unfinished words do not matter. You only find patients that you see in the list.',
      right: 'see patients',
      body: patientSearchBody,
      fields: { q: 'What the person typed, such as `siti 1990` or `7890`' },
      example: { search: { q: 'zero 1990' } },
      answer: ofSearch,
    },
    'PATCH /patients/{id}': {
      operationId: 'correctPatient',
      summary: 'Correct a patient’s record',
      description:
        'What you leave out stays as it is; null removes it. The front desk corrects everything. Patients correct their own record and those of their dependants: contact data changes at once, while a new name, birth date or sex becomes a `correction_request` that the front desk accepts or declines. A later request is added to the open one.',
      right: 'correct patients',
      ifMatch: 'required',
      body: correctionBody,
      fields: {
        called_name: 'What to call them, if it is not their name',
        phone: 'With the country code, in E.164',
        contact_email: 'Where they are written to. A family can share it; it gives no one access.',
        languages: 'BCP 47 tags, the preferred language first',
        identifiers:
          'All of them, as you read them: those that you leave out of the list are removed, also where they came with a merged record. Undoing the merge later does not bring them back. Front desk only.',
        desk_note: 'For staff. Front desk only.',
        is_deceased: 'Front desk only',
        is_active: 'If false, nothing can be booked for them. Front desk only.',
      },
      refusals: refusalsOf<typeof correctPatient>({
        invalid: true,
        stale: true,
        identifier_taken: true,
        nik_disagrees: true,
        patient_erased: true,
      }),
      example: { patient: { phone: '+6281234567891', preferred_channel: 'sms' } },
      answer: {
        ...ofPatient,
        body: z.object({
          patient,
          correction_request: correctionRequest.nullable().describe('The open request, if there is one'),
        }),
        example: { patient: patientExample, correction_request: null },
      },
    },
    'GET /correction-requests': {
      operationId: 'listCorrectionRequests',
      summary: 'List open correction requests, oldest first',
      isTagged: true,
      description: 'The front desk sees all of them, patients their own.',
      right: 'correct patients',
      query: correctionRequestsSearch,
      fields: { limit: 'Maximum number of results per page' },
      answer: {
        status: 200,
        summary: 'A page of requests',
        headers: ['Link'],
        body: z.object({ correction_requests: z.array(correctionRequest) }),
        example: { correction_requests: [correctionRequestExample] },
      },
    },
    'POST /correction-requests/{id}/acceptance': {
      operationId: 'acceptCorrection',
      summary: 'Accept a correction request',
      description: 'Makes the correction.',
      right: 'decide corrections',
      refusals: deciding,
      answer: ofRequest,
    },
    'POST /correction-requests/{id}/rejection': {
      operationId: 'declineCorrection',
      summary: 'Decline a correction request',
      right: 'decide corrections',
      body: rejectionBody,
      fields: { reason: 'The patient reads it' },
      refusals: deciding,
      example: { rejection: { reason: 'Please show us your birth certificate' } },
      answer: ofRequest,
    },
    'GET /patients/{id}': {
      operationId: 'getPatient',
      summary: 'Get a patient',
      isTagged: true,
      description:
        'You get `404` for patients that you do not see in the list. The id of a record that was merged into another answers `301`.',
      right: 'see patients',
      moves: true,
      answer: ofPatient,
    },
    ...patientLinkOperations,
  },
}
