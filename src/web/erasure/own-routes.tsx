import { Hono } from 'hono'
import { eraseOwnData } from '../../clinic/retention/erase-patient.ts'
import { readOwnErasurePage } from '../../clinic/retention/read-erasure-page.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { DonePage } from '../ui/done-page.tsx'
import { closeSession, forgetSessions, forgetVisitor } from '../visitor.ts'
import { OwnErasePage } from './erase-page.tsx'
import { whyNot } from './why-not.ts'

/** Where patients erase what the clinic keeps about them. */
export const ownErasure = new Hono<AppEnv>()

ownErasure.get('/', async (c) => {
  const content = await readOwnErasurePage(c.var.clinic)
  return c.html(<OwnErasePage frame={frameOf(c)} content={content} formKey={newFormKey()} />)
})

ownErasure.post('/', async (c) => {
  const { clinic, copy } = c.var
  const form = await readForm(c)
  const content = await readOwnErasurePage(clinic)
  const page = { frame: frameOf(c), content, formKey: newFormKey() }
  if (form('confirmation').trim().toLowerCase() !== copy.erasure.confirmationWord.toLowerCase()) {
    return c.html(<OwnErasePage {...page} isMistyped />, 422)
  }
  const cancelAppointments = form('cancel_appointments') === 'yes'
  const erased = await eraseOwnData(clinic, { patientId: content.patient.id, cancelAppointments })
  if (erased.ok) {
    forgetSessions(c, erased.endedSessions)
    if (erased.closedAccountIds.length > 0) closeSession(c)
    else await forgetVisitor(c)
    return c.redirect(paths.erased(), 303)
  }
  c.set('refusal', erased.refusal)
  if (erased.refusal === 'not_confirmed') return c.redirect(paths.signInAgain(paths.ownErasure()), 303)
  return c.html(<OwnErasePage {...page} refused={whyNot(erased, cancelAppointments)} />, 409)
})

ownErasure.get('/done', (c) => c.html(<DonePage frame={frameOf(c)} words={c.var.copy.erasure} />))
