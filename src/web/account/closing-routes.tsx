import { Hono } from 'hono'
import { closeAccount, findUpcoming } from '../../clinic/retention/close-account.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { DonePage } from '../ui/done-page.tsx'
import { closeSession, forgetSessions } from '../visitor.ts'
import { ClosingPage } from './closing-page.tsx'

export const closing = new Hono<AppEnv>()

closing.get('/', async (c) =>
  c.html(<ClosingPage frame={frameOf(c)} upcoming={await findUpcoming(c.var.clinic)} />),
)

closing.post('/', async (c) => {
  const form = await readForm(c)
  const { clinic } = c.var
  if (form('confirmed') !== 'yes') {
    const upcoming = await findUpcoming(clinic)
    return c.html(<ClosingPage frame={frameOf(c)} upcoming={upcoming} isUnsure />, 422)
  }
  const closed = await closeAccount(clinic, { cancelsAppointments: form('cancels') === 'yes' })
  if (!closed.ok) {
    c.set('refusal', closed.refusal)
    if (closed.refusal === 'not_confirmed') return c.redirect(paths.signInPasskey(paths.closing()), 303)
    return c.html(<ClosingPage frame={frameOf(c)} upcoming={[]} refusal={closed.refusal} />, 409)
  }
  forgetSessions(c, closed.ended)
  closeSession(c)
  c.set('visitor', null)
  return c.html(<DonePage frame={frameOf(c)} words={c.var.copy.closing} />)
})
