import * as z from 'zod'
import { flagsOfPatient } from '../patient-answers.ts'
import type { Section } from './operation.ts'

const answer = (summary: string, flags: string[]) => ({
  status: 200 as const,
  summary,
  body: z.object({ patient_flags: flagsOfPatient }),
  example: { patient_flags: { patient_id: 12, flags } },
})

export const patientFlagSection: Section = {
  name: 'Patient flags',
  description:
    'What the front desk must know when a patient comes: a form is missing (`form_missing`), they need an interpreter (`interpreter`), or something is to be paid (`balance`). A billing system, for example, sets `balance` and removes it once it is paid. The flags say no more than that.',
  operations: {
    'PUT /patients/{id}/flags/{flag}': {
      operationId: 'setPatientFlag',
      summary: 'Set a flag of a patient',
      description: 'Setting it again changes nothing. The patient’s history keeps who did it.',
      right: 'flag patients',
      answer: answer('The flags of the patient', ['balance']),
    },
    'DELETE /patients/{id}/flags/{flag}': {
      operationId: 'removePatientFlag',
      summary: 'Remove a flag of a patient',
      description: 'Removing one that is not set changes nothing.',
      right: 'flag patients',
      answer: answer('The flags that are left', []),
    },
  },
}
