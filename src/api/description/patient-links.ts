import type { Section } from './operation.ts'

/** Among the operations on patients. */
export const patientLinkOperations: Section['operations'] = {
  'DELETE /patients/{id}/accounts/{accountId}': {
    operationId: 'unlinkPatient',
    summary: 'Stop an account from acting for a dependant',
    description:
      'The account itself, the patient with an account of their own, or the front desk can do this. Appointments stay booked. A link also ends by itself when a dependant who was younger turns 18; the account is told 30 days before. The link of an account to its own person ends only when the account is closed.',
    right: 'unlink patients',
    answer: { status: 204, summary: 'The account no longer acts for the patient' },
  },
}
