import { Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { registerPatient, registerPatientInput } from '../../clinic/patients/register.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { changedPath, paths, safeReturnPath } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetVisitor } from '../visitor.ts'
import { DependantPage } from './dependant-page.tsx'

export const dependants = new Hono<AppEnv>()

const { name, birthDate } = registerPatientInput.shape

dependants.get('/', (c) => {
  const { actor } = c.var.clinic
  requireRight(actor, 'register patients')
  const returnTo = safeReturnPath(c.req.query('return_to'))
  if (isDesk(actor)) return c.redirect(paths.newPatient(returnTo))
  const page = { values: { name: '', birth_date: '' }, returnTo, formKey: newFormKey() }
  return c.html(<DependantPage frame={frameOf(c)} {...page} />)
})

dependants.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'register patients')
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const values = { name: form('name'), birth_date: form('birth_date') }
  const again = { frame: frameOf(c), values, returnTo, formKey: newFormKey() }
  const read = readFields(form, { name, birthDate })
  if (!read.ok) return c.html(<DependantPage {...again} faults={read.faults} />, 422)
  const registered = await registerPatient(c.var.clinic, {
    ...read.values,
    confirmed: form('confirmed') === 'yes',
  })
  if (registered.ok) {
    await forgetVisitor(c)
    return c.redirect(changedPath(returnTo, { patient_id: String(registered.patient.id) }), 303)
  }
  c.set('refusal', registered.refusal)
  switch (registered.refusal) {
    case 'invalid':
      return c.html(<DependantPage {...again} faults={{ birth_date: 'not_a_birth_date' }} />, 422)
    case 'may_exist':
      return c.html(<DependantPage {...again} candidates={registered.candidates} />, 409)
    default:
      return c.html(<DependantPage {...again} refusal={registered.refusal} />, 409)
  }
})
