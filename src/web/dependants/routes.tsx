import { Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { registerPatient, registerPatientInput } from '../../clinic/patients/register.ts'
import { findAskings } from '../../clinic/settings/askings.ts'
import { snakeKeys } from '../../clinic/snake-case.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { languageIn } from '../language.ts'
import { changedPath, paths, safeReturnPath } from '../paths.ts'
import { withPhone } from '../patients/with-phone.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetVisitor } from '../visitor.ts'
import { DependantPage } from './dependant-page.tsx'

export const dependants = new Hono<AppEnv>()

const { name, birthDate, phone, sex } = registerPatientInput.shape

dependants.get('/', async (c) => {
  const { actor } = c.var.clinic
  requireRight(actor, 'register patients')
  const returnTo = safeReturnPath(c.req.query('return_to'))
  if (isDesk(actor)) return c.redirect(paths.newPatient(returnTo))
  const values = { name: '', birth_date: '', phone: '', sex: '' }
  const page = { values, returnTo, formKey: newFormKey(), askings: await findAskings(c.var.clinic) }
  return c.html(<DependantPage frame={frameOf(c)} {...page} />)
})

dependants.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'register patients')
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const values = {
    name: form('name'),
    birth_date: form('birth_date'),
    phone: form('phone'),
    sex: form('sex'),
  }
  const again = async (problems: object, status: 409 | 422) => {
    const page = { values, returnTo, formKey: newFormKey(), askings: await findAskings(c.var.clinic) }
    return c.html(<DependantPage frame={frameOf(c)} {...page} {...problems} />, status)
  }
  const read = readFields(withPhone(form, c.var.clinicPhone), { name, birthDate, phone, sex })
  if (!read.ok) return again({ faults: read.faults }, 422)
  const registered = await registerPatient(c.var.clinic, {
    ...read.values,
    languages: [languageIn(c.var.copy)],
    confirmed: form('confirmed') === 'yes',
  })
  if (registered.ok) {
    await forgetVisitor(c)
    return c.redirect(changedPath(returnTo, { patient_id: String(registered.patient.id) }), 303)
  }
  c.set('refusal', registered.refusal)
  switch (registered.refusal) {
    case 'invalid':
      return again({ faults: snakeKeys(registered.faults) }, 422)
    case 'may_exist':
      return again({ candidates: registered.candidates }, 409)
    default:
      return again({ refusal: registered.refusal }, 409)
  }
})
