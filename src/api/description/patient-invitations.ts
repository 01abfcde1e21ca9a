import * as z from 'zod'
import type { inviteToPatient } from '../../clinic/patients/invite.ts'
import type { linkPatient } from '../../clinic/patients/link.ts'
import { type InvitationJson, invitation, type LinkJson, link, newInvitation } from '../link-answers.ts'
import { accountBody, invitationBody } from '../patient-invitations.ts'
import { refusalsOf, type Section } from './operation.ts'

const linkExample: LinkJson = {
  account_id: 12,
  name: 'Siti Rahmawati',
  email: 'siti@example.com',
  relation: 'dependant',
  linked_at: '2026-11-28T03:00:00.000Z',
  ends_on: '2038-05-17',
}
const invitationExample: InvitationJson = {
  id: 5,
  email: 'budi@example.com',
  relation: 'self',
  expires_at: '2026-12-12T03:00:00.000Z',
}

export const patientInvitations: Section = {
  name: 'Who acts for a patient',
  description: 'The accounts that can book for a patient and see their appointments, and how they get there.',
  operations: {
    'GET /patients/{id}/accounts': {
      operationId: 'listAccountsOfPatient',
      summary: 'List the accounts that can act for a patient, oldest first',
      description: 'Patients can ask about the people they act for. Also lists the open invitations.',
      right: 'invite people',
      answer: {
        status: 200,
        summary: 'The accounts and the open invitations',
        body: z.object({ accounts: z.array(link), invitations: z.array(invitation) }),
        example: { accounts: [linkExample], invitations: [invitationExample] },
      },
    },
    'POST /patients/{id}/accounts': {
      operationId: 'linkPatient',
      summary: 'Let an existing account act for a patient',
      description: 'Check who both people are first: no one is asked. Otherwise send an invitation.',
      right: 'link accounts',
      body: accountBody,
      fields: {
        email: 'With which the account signs in',
        relation: '`self` if it is the patient’s own account; an account has only one patient of its own',
      },
      refusals: refusalsOf<typeof linkPatient>({ already_linked: true, other_self: true }),
      example: { account: { email: 'siti@example.com', relation: 'dependant' } },
      answer: {
        status: 201,
        summary: 'The account can now act for the patient',
        body: z.object({ account: link.pick({ account_id: true, relation: true }) }),
        example: { account: { account_id: 12, relation: 'dependant' } },
      },
    },
    'POST /patients/{id}/invitation': {
      operationId: 'invite',
      summary: 'Invite someone to a patient’s record',
      description:
        'Sends an email that does not name the patient. Its reader can act for the patient after signing in with that address and entering the patient’s date of birth, or `code`. Five wrong answers end the invitation, and so do 14 days or a new invitation to the same address.',
      right: 'invite people',
      body: invitationBody,
      fields: { relation: '`self` if it is the patient’s own address' },
      refusals: refusalsOf<typeof inviteToPatient>({ too_many_invitations: true }),
      example: { invitation: { email: 'budi@example.com', relation: 'self' } },
      answer: {
        status: 201,
        summary: 'The invitation. This is the only time `code` is shown.',
        body: z.object({ invitation: newInvitation }),
        example: { invitation: { ...invitationExample, code: '1234 5678' } },
      },
    },
    'DELETE /patients/{id}/invitation': {
      operationId: 'withdrawInvitations',
      summary: 'Withdraw all open invitations to a patient’s record',
      description: 'Accounts that have accepted one stay linked.',
      right: 'invite people',
      answer: { status: 204, summary: 'No invitation is open' },
    },
  },
}
