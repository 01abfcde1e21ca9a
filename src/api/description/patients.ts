import * as z from 'zod'
import type { registerPatient } from '../../clinic/patients/register.ts'
import { patient, patientSummary } from '../answers.ts'
import { patientBody, patientSearchBody, patientsSearch } from '../patients.ts'
import { patientExample, patientSummaryExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

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
        q: 'What a person typed to find a patient; not together with `name` or `cursor`',
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
        'The front desk can register anyone. Patients can register their own dependants, as many as the clinic allows. If the person may already be registered, you get `may_exist` with the candidates: someone with the same phone number, with a similar name and the same date of birth, or with the same name in the account’s family.',
      right: 'register patients',
      body: patientBody,
      fields: {
        called_name: 'What to call them, if it is not their name',
        phone: 'With the country code, in E.164',
        confirmed: 'Register them even if they may already exist',
        email:
          'Where the patient is written to. A family can share it; it gives nobody access. Front desk only.',
        account_id: 'The account that can act for the patient. Defaults to your own if you are a patient.',
      },
      refusals: [
        'not_found',
        ...refusalsOf<typeof registerPatient>({ invalid: true, too_many_dependants: true, may_exist: true }),
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
  },
}
