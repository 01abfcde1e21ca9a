import { Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { legalHoldInput, liftLegalHold, placeLegalHold } from '../../clinic/patients/legal-hold.ts'
import { erasePatient } from '../../clinic/retention/erase-patient.ts'
import { readErasurePage } from '../../clinic/retention/read-erasure-page.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { ErasePage } from './erase-page.tsx'
import { whyNot } from './why-not.ts'

/** For the front desk: erases patients; for admins, what stops it. */
export const erasures = new Hono<AppEnv>()

erasures.get('/:id/erasure', async (c) => {
  const content = await readErasurePage(c.var.clinic, idIn(c, 'patient'))
  const { id, isErased } = content.patient
  if (isErased) return c.redirect(paths.patient(id))
  return c.html(<ErasePage frame={frameOf(c)} content={content} formKey={newFormKey()} />)
})

erasures.post('/:id/erasure', async (c) => {
  const { clinic } = c.var
  const patientId = idIn(c, 'patient')
  const form = await readForm(c)
  const showAgain = async (why: Pick<Parameters<typeof ErasePage>[0], 'refused' | 'isMistyped'>) => (
    <ErasePage
      frame={frameOf(c)}
      content={await readErasurePage(clinic, patientId)}
      formKey={newFormKey()}
      {...why}
    />
  )
  if (form('confirmation').trim() !== String(patientId)) {
    return c.html(await showAgain({ isMistyped: true }), 422)
  }
  const cancelAppointments = form('cancel_appointments') === 'yes'
  const erased = await erasePatient(clinic, { patientId, cancelAppointments })
  if (erased.ok) return c.redirect(paths.patient(erased.patientId), 303)
  c.set('refusal', erased.refusal)
  return c.html(await showAgain({ refused: whyNot(erased, cancelAppointments) }), 409)
})

erasures.post('/:id/legal-hold', async (c) => {
  requireRight(c.var.clinic.actor, 'hold patients')
  const patientId = idIn(c, 'patient')
  const form = await readForm(c)
  if (form('lift') === 'yes') await liftLegalHold(c.var.clinic, patientId)
  else {
    const read = readFields(form, legalHoldInput.shape)
    // The field is required, so browsers do not send this.
    if (!read.ok) return c.redirect(paths.patient(patientId), 303)
    await placeLegalHold(c.var.clinic, { ...read.values, patientId })
  }
  return c.redirect(paths.patient(patientId), 303)
})
