import { Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { restoreAccess, restoreAccessInput } from '../../clinic/accounts/restore-access.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetSessions } from '../visitor.ts'
import { RestoredPage, RestorePage } from './restore-page.tsx'

export const accounts = new Hono<AppEnv>()

accounts.get('/:id/email', (c) => {
  requireRight(c.var.clinic.actor, 'restore access')
  const values = { email: '', reason: '' }
  return c.html(<RestorePage frame={frameOf(c)} accountId={idIn(c, 'account')} values={values} />)
})

accounts.post('/:id/email', async (c) => {
  requireRight(c.var.clinic.actor, 'restore access')
  const accountId = idIn(c, 'account')
  const form = await readForm(c)
  const again = { frame: frameOf(c), accountId, values: { email: form('email'), reason: form('reason') } }
  const read = readFields(form, restoreAccessInput.shape)
  if (!read.ok) return c.html(<RestorePage {...again} faults={read.faults} />, 422)
  const writeMail = () => c.var.copy.restoring.mail(c.var.clinicPhone)
  const restored = await restoreAccess(c.var.clinic, accountId, { ...read.values, writeMail })
  if (!restored.ok) {
    c.set('refusal', restored.refusal)
    return c.html(<RestorePage {...again} faults={restored.faults} />, 422)
  }
  forgetSessions(c, restored.ended)
  return c.html(<RestoredPage frame={frameOf(c)} email={restored.account.email} />)
})
