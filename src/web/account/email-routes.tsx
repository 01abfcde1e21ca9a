import { Hono } from 'hono'
import {
  askEmailChange,
  askEmailChangeInput,
  confirmEmailChange,
  confirmEmailChangeInput,
  findEmailChange,
  stopEmailChange,
} from '../../clinic/accounts/change-email.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { isRead, limit } from '../../http/rate-limits.ts'
import { message } from '../errors.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { closeSession, forgetSessions } from '../visitor.ts'
import { EmailChangeStoppedPage, EmailCodesPage, NewEmailPage, StopEmailChangePage } from './email-pages.tsx'

export const newEmail = new Hono<AppEnv>()

const limitCodes = limit('SIGN_IN_LIMIT', (c) => message(c, 'tooMany', 429))

newEmail.use((c, next) => (isRead(c) ? next() : limitCodes(c, next)))

newEmail.get('/', async (c) => {
  await findEmailChange(c.var.clinic)
  return c.html(<NewEmailPage frame={frameOf(c)} email="" />)
})

newEmail.post('/', async (c) => {
  const form = await readForm(c)
  const again = { frame: frameOf(c), email: form('email') }
  const read = readFields(form, askEmailChangeInput.shape)
  if (!read.ok) return c.html(<NewEmailPage {...again} fault={read.faults.email} />, 422)
  const { oldMail, newMail, takenMail } = c.var.copy.emailChange
  const { origin } = new URL(c.req.url)
  const asked = await askEmailChange(c.var.clinic, {
    ...read.values,
    writeOldMail: (code, token) => oldMail(code, origin + paths.stopEmailChange(token)),
    writeNewMail: newMail,
    writeTakenMail: takenMail,
  })
  if (asked.ok) return c.redirect(paths.newEmailCodes(), 303)
  c.set('refusal', asked.refusal)
  switch (asked.refusal) {
    case 'not_confirmed':
      return c.redirect(paths.signInPasskey(paths.newEmail()), 303)
    case 'invalid':
      return c.html(<NewEmailPage {...again} fault={asked.faults.email} />, 422)
    default:
      return c.html(<NewEmailPage {...again} refusal={asked.refusal} />, 429)
  }
})

newEmail.get('/codes', async (c) => {
  const waiting = await findEmailChange(c.var.clinic)
  if (waiting === null) return c.redirect(paths.newEmail())
  return c.html(<EmailCodesPage frame={frameOf(c)} newEmail={waiting} />)
})

newEmail.post('/codes', async (c) => {
  const form = await readForm(c)
  // A missing code is a wrong one.
  const { oldCode = '', newCode = '' } = readFields(form, confirmEmailChangeInput.shape).values
  const { doneMail } = c.var.copy.emailChange
  const writeDoneMail = () => doneMail(c.var.clinicPhone)
  const changed = await confirmEmailChange(c.var.clinic, { oldCode, newCode, writeDoneMail })
  if (changed.ok) {
    forgetSessions(c, changed.ended)
    return c.redirect(paths.account(), 303)
  }
  c.set('refusal', changed.refusal)
  const waiting = await findEmailChange(c.var.clinic)
  if (waiting === null) return c.redirect(paths.newEmail(), 303)
  return c.html(<EmailCodesPage frame={frameOf(c)} newEmail={waiting} refusal={changed.refusal} />, 422)
})

newEmail.get('/stop', (c) =>
  c.html(<StopEmailChangePage frame={frameOf(c)} token={c.req.query('token') ?? ''} />),
)

newEmail.post('/stop', async (c) => {
  const token = (await readForm(c))('token').slice(0, 100)
  const stopped = await stopEmailChange(c.var.clinic, { token })
  if (!stopped.ok) {
    c.set('refusal', stopped.refusal)
    return c.html(<StopEmailChangePage frame={frameOf(c)} token="" refusal={stopped.refusal} />, 422)
  }
  forgetSessions(c, stopped.ended)
  if (c.var.clinic.sessionHash && stopped.ended.includes(c.var.clinic.sessionHash)) {
    closeSession(c)
    c.set('visitor', null)
  }
  return c.html(<EmailChangeStoppedPage frame={frameOf(c)} />)
})
