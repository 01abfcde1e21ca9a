import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { findLinks } from '../clinic/patients/find-links.ts'
import { inviteInput, inviteToPatient } from '../clinic/patients/invite.ts'
import { linkPatient, linkPatientInput } from '../clinic/patients/link.ts'
import { withdrawInvitations } from '../clinic/patients/withdraw-invitations.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { invitationMail } from '../i18n/invitation-mail.ts'
import { allowOnly, requireJson } from './conventions.ts'
import type { InvitationJson, LinkJson, NewInvitationJson } from './link-answers.ts'
import { problem } from './problem.ts'
import { refuseInvalid } from './refuse-invalid.ts'

export const invitationBody = closed({ invitation: inSnakeCase(inviteInput) })
export const accountBody = closed({ account: inSnakeCase(linkPatientInput) })

/** Below `/patients`: who may act for a patient, and who is invited to. */
export const patientInvitationsApi = new Hono<AppEnv>()

patientInvitationsApi.post(
  '/:id/invitation',
  requireJson,
  zValidator('json', invitationBody, refuseInvalid),
  async (c) => {
    // The pages lead to the sign-in, and back to the invitations.
    const signInAddress = `${new URL(c.req.url).origin}/sign-in?return_to=%2Faccount%2Ffamily`
    const invited = await inviteToPatient(c.var.clinic, idIn(c, 'patient'), {
      ...c.req.valid('json').invitation,
      writeMail: invitationMail(signInAddress, 'en'),
    })
    if (!invited.ok) {
      c.header('Retry-After', '3600')
      return problem(c, invited.refusal)
    }
    const { id, email, relation, expiresAt } = invited.invitation
    const invitation: NewInvitationJson = {
      id,
      email,
      relation,
      expires_at: expiresAt.toISOString(),
      code: invited.code,
    }
    return c.json({ invitation }, 201)
  },
)
patientInvitationsApi.delete('/:id/invitation', async (c) => {
  await withdrawInvitations(c.var.clinic, idIn(c, 'patient'))
  return c.body(null, 204)
})
patientInvitationsApi.all('/:id/invitation', allowOnly('POST, DELETE'))

patientInvitationsApi.get('/:id/accounts', async (c) => {
  const found = await findLinks(c.var.clinic, idIn(c, 'patient'))
  const accounts: LinkJson[] = found.links.map((link) => ({
    account_id: link.accountId,
    name: link.name,
    email: link.email,
    relation: link.relation,
    linked_at: link.linkedAt.toISOString(),
    ends_on: link.endsOn,
  }))
  const invitations: InvitationJson[] = found.invitations.map(({ expiresAt, ...invitation }) => ({
    ...invitation,
    expires_at: expiresAt.toISOString(),
  }))
  return c.json({ accounts, invitations })
})
patientInvitationsApi.post(
  '/:id/accounts',
  requireJson,
  zValidator('json', accountBody, refuseInvalid),
  async (c) => {
    const { account } = c.req.valid('json')
    const linked = await linkPatient(c.var.clinic, idIn(c, 'patient'), account)
    if (!linked.ok) return problem(c, linked.refusal)
    return c.json({ account: { account_id: linked.accountId, relation: account.relation } }, 201)
  },
)
patientInvitationsApi.all('/:id/accounts', allowOnly('GET, HEAD, POST'))
