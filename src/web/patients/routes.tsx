import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { Forbidden } from '../../clinic/errors.ts'
import { readPatientPage } from '../../clinic/patients/read-patient-page.ts'
import { registerPatient, registerPatientInput } from '../../clinic/patients/register.ts'
import { snakeKeys } from '../../clinic/snake-case.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { changedPath, paths, safeReturnPath } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { type NewPatientField, NewPatientPage, newPatientFields } from './new-patient-page.tsx'
import { PatientPage } from './patient-page.tsx'
import { readNumbers } from './record-values.ts'
import { withPhone } from './with-phone.ts'

export const patients = new Hono<AppEnv>()

const { name, birthDate, phone, sex, email } = registerPatientInput.shape

patients.get('/new', (c) => {
  requireDesk(c)
  const page = { values: readValues(() => ''), returnTo: safeReturnPath(c.req.query('return_to')) }
  return c.html(<NewPatientPage frame={frameOf(c)} {...page} formKey={newFormKey()} />)
})

patients.post('/new', async (c) => {
  requireDesk(c)
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const again = { frame: frameOf(c), values: readValues(form), returnTo, formKey: newFormKey() }
  // From the search: what was typed there, to be completed.
  if (form('is_draft')) return c.html(<NewPatientPage {...again} />)
  const read = readFields(withPhone(form, c.var.clinicPhone), { name, birthDate, phone, sex, email })
  const numbers = readNumbers(form)
  if (!read.ok || !numbers.ok) {
    return c.html(<NewPatientPage {...again} faults={{ ...read.faults, ...numbers.faults }} />, 422)
  }
  const registered = await registerPatient(c.var.clinic, {
    ...read.values,
    identifiers: numbers.identifiers,
    confirmed: form('confirmed') === 'yes',
  })
  if (registered.ok) {
    return c.redirect(changedPath(returnTo, { patient_id: String(registered.patient.id) }), 303)
  }
  c.set('refusal', registered.refusal)
  switch (registered.refusal) {
    case 'invalid':
      return c.html(<NewPatientPage {...again} faults={snakeKeys(registered.faults)} />, 422)
    case 'nik_disagrees':
      return c.html(<NewPatientPage {...again} nikDisagrees />, 409)
    case 'identifier_taken':
      return c.html(<NewPatientPage {...again} taken={registered} />, 409)
    case 'may_exist':
      return c.html(<NewPatientPage {...again} candidates={registered.candidates} />, 409)
    default:
      throw new Error('Only patients have a limit on whom they register.')
  }
})

patients.get('/:id', async (c) => {
  const asked = idIn(c, 'patient')
  const content = await readPatientPage(c.var.clinic, asked)
  // It was merged into another record.
  if (content.patient.id !== asked) return c.redirect(paths.patient(content.patient.id), 301)
  return c.html(
    <PatientPage
      frame={frameOf(c)}
      content={content}
      isDesk={isDesk(c.var.clinic.actor)}
      formKey={newFormKey()}
    />,
  )
})

function requireDesk({ var: { clinic } }: Context<AppEnv>): void {
  requireRight(clinic.actor, 'register patients')
  if (!isDesk(clinic.actor)) throw new Forbidden('This page is for the front desk.')
}

const readValues = (form: Written) =>
  Object.fromEntries(newPatientFields.map((field) => [field, form(field)])) as Record<NewPatientField, string>
