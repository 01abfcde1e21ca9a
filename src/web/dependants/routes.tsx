import { Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { registerPatient, registerPatientInput } from '../../clinic/patients/register.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { changedPath, safeReturnPath } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetVisitor } from '../visitor.ts'
import { DependantPage } from './dependant-page.tsx'

export const dependants = new Hono<AppEnv>()

dependants.get('/', (c) => {
  requireRight(c.var.clinic.actor, 'register patients')
  const returnTo = safeReturnPath(c.req.query('return_to'))
  return c.html(<DependantPage frame={frameOf(c)} name="" returnTo={returnTo} formKey={newFormKey()} />)
})

dependants.post('/', async (c) => {
  const { actor } = c.var.clinic
  requireRight(actor, 'register patients')
  const form = await readForm(c)
  const [name, returnTo] = [form('name'), safeReturnPath(form('return_to'))]
  const read = readFields(form, { name: registerPatientInput.shape.name })
  if (!read.ok) {
    const again = { name, returnTo, formKey: newFormKey(), fault: read.faults.name }
    return c.html(<DependantPage frame={frameOf(c)} {...again} />, 422)
  }
  const registered = await registerPatient(c.var.clinic, read.values)
  if (!registered.ok) {
    if (registered.refusal === 'invalid')
      throw new Error('Only an email address can be taken, and none was given.')
    c.set('refusal', registered.refusal)
    const again = { name, returnTo, formKey: newFormKey(), refusal: registered.refusal }
    return c.html(<DependantPage frame={frameOf(c)} {...again} />, 409)
  }
  await forgetVisitor(c)
  return c.redirect(changedPath(returnTo, { patient_id: String(registered.patient.id) }), 303)
})
