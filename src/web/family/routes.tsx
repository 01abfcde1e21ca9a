import { type Context, Hono } from 'hono'
import { acceptInvitation, invitationFact } from '../../clinic/accounts/accept-invitation.ts'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { inviteInput, inviteToPatient } from '../../clinic/patients/invite.ts'
import { readFamilyPage } from '../../clinic/patients/read-family-page.ts'
import { withdrawInvitations } from '../../clinic/patients/withdraw-invitations.ts'
import type { InvitationRefusal } from '../../clinic/refusals.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetVisitor } from '../visitor.ts'
import { FamilyPage } from './family-page.tsx'
import { invitationMailOf } from './invitation-mail-of.ts'
import { InvitationSentPage } from './invitation-sent-page.tsx'

/** The people for whom an account acts: who else does, and what its mailbox is invited to. */
export const family = new Hono<AppEnv>()

family.get('/family', (c) => show(c))

async function show(
  c: Context<AppEnv>,
  more: Partial<Parameters<typeof FamilyPage>[0]> = {},
  status: 200 | 409 | 422 | 429 = 200,
) {
  const content = await readFamilyPage(c.var.clinic)
  return c.html(<FamilyPage frame={frameOf(c)} content={content} formKey={newFormKey()} {...more} />, status)
}

function refuse(c: Context<AppEnv>, refusal: InvitationRefusal, status: 409 | 422 | 429) {
  c.set('refusal', refusal)
  return show(c, { refusal }, status)
}

family.post('/invitations/:id/acceptance', async (c) => {
  requireRight(c.var.clinic.actor, 'accept invitations')
  const read = readFields(await readForm(c), invitationFact.shape)
  const { birthDate, code } = read.values
  if (!birthDate && !code) return refuse(c, 'wrong_fact', 422)
  const fact = { ...(birthDate && { birthDate }), ...(code && { code }) }
  const accepted = await acceptInvitation(c.var.clinic, idIn(c, 'invitation'), fact)
  if (!accepted.ok) return refuse(c, accepted.refusal, 409)
  await forgetVisitor(c)
  return c.redirect(paths.family(), 303)
})

family.post('/patients/:id/invitation', async (c) => {
  requireRight(c.var.clinic.actor, 'accept invitations')
  const patientId = idIn(c, 'patient')
  const form = await readForm(c)
  const read = readFields(form, inviteInput.shape)
  if (!read.ok)
    return show(c, { inviting: { patientId, email: form('email'), fault: read.faults.email } }, 422)
  const invited = await inviteToPatient(c.var.clinic, patientId, {
    ...read.values,
    writeMail: invitationMailOf(c),
  })
  if (!invited.ok) return refuse(c, invited.refusal, 429)
  const page = { email: read.values.email, code: invited.code, back: paths.family() }
  return c.html(<InvitationSentPage frame={frameOf(c)} {...page} />)
})

family.post('/patients/:id/invitation/withdrawal', async (c) => {
  requireRight(c.var.clinic.actor, 'accept invitations')
  await withdrawInvitations(c.var.clinic, idIn(c, 'patient'))
  return c.redirect(paths.family(), 303)
})
