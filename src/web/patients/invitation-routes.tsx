import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { NotFound } from '../../clinic/errors.ts'
import { inviteInput, inviteToPatient } from '../../clinic/patients/invite.ts'
import { linkPatient } from '../../clinic/patients/link.ts'
import { withdrawInvitations } from '../../clinic/patients/withdraw-invitations.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { invitationMailOf } from '../family/invitation-mail-of.ts'
import { InvitationSentPage } from '../family/invitation-sent-page.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { MessagePage } from '../ui/message-page.tsx'

/** On the staff's page of one patient: who acts for the patient, and who is invited to. */
export const invitations = new Hono<AppEnv>()

invitations.post('/:id/invitation', async (c) => {
  requireRight(c.var.clinic.actor, 'link accounts')
  const patientId = idIn(c, 'patient')
  const read = readFields(await readForm(c), inviteInput.shape)
  if (!read.ok) return refuse(c, c.var.copy.invitations.invalid, 422)
  const invited = await inviteToPatient(c.var.clinic, patientId, {
    ...read.values,
    writeMail: invitationMailOf(c),
  })
  if (!invited.ok) {
    c.set('refusal', invited.refusal)
    return refuse(c, c.var.copy.invitations.refused[invited.refusal], 429)
  }
  const page = { email: read.values.email, code: invited.code, back: paths.patient(patientId) }
  return c.html(<InvitationSentPage frame={frameOf(c)} {...page} />)
})

invitations.post('/:id/invitation/withdrawal', async (c) => {
  requireRight(c.var.clinic.actor, 'link accounts')
  const patientId = idIn(c, 'patient')
  await withdrawInvitations(c.var.clinic, patientId)
  return c.redirect(paths.patient(patientId), 303)
})

invitations.post('/:id/accounts', async (c) => {
  requireRight(c.var.clinic.actor, 'link accounts')
  const patientId = idIn(c, 'patient')
  const words = c.var.copy.invitations
  const read = readFields(await readForm(c), inviteInput.shape)
  if (!read.ok) return refuse(c, words.invalid, 422)
  try {
    const linked = await linkPatient(c.var.clinic, patientId, read.values)
    if (linked.ok) return c.redirect(paths.patient(patientId), 303)
    c.set('refusal', linked.refusal)
    return refuse(c, words.notLinked[linked.refusal], 409)
  } catch (error) {
    if (error instanceof NotFound && error.noun === 'account') return refuse(c, words.noAccount, 422)
    throw error
  }
})

function refuse(c: Context<AppEnv>, next: string, status: 409 | 422 | 429): Response | Promise<Response> {
  const words = { title: c.var.copy.invitations.notDone, next }
  return c.html(<MessagePage frame={frameOf(c)} words={words} requestId={c.var.requestId} />, status)
}
