import * as z from 'zod'
import { relation } from '../clinic/patients/invite.ts'
import { instant, known } from './answers.ts'

const related = relation.describe(
  '`self`: the patient’s own account; `dependant`: of someone who looks after them',
)
const email = z.string().meta({ format: 'email' })

export const link = z
  .object({
    account_id: known,
    name: z.string(),
    email: email.nullable().describe('Null unless you are the front desk, or it is your own account'),
    relation: related,
    linked_at: instant,
    ends_on: z.string().nullable().meta({
      format: 'date',
      description: 'The first day on which the account can no longer act for the patient',
    }),
  })
  .meta({ id: 'Link', description: 'An account that can act for a patient' })

export const invitation = z
  .object({ id: known, email, relation: related, expires_at: instant })
  .meta({ id: 'Invitation', description: 'An open invitation to a patient’s record' })

export const newInvitation = invitation
  .extend({
    code: z.string().meta({
      pattern: '^\\d{4} \\d{4}$',
      description: 'Give it to the person yourself, for example by phone. It is not in the email.',
    }),
  })
  .meta({ id: 'NewInvitation', description: 'An invitation that was just sent' })

export type LinkJson = z.infer<typeof link>
export type InvitationJson = z.infer<typeof invitation>
export type NewInvitationJson = z.infer<typeof newInvitation>
