import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { correctPatient } from '../../clinic/patients/correct.ts'
import { findOwnPatients, readCorrectPage } from '../../clinic/patients/read-correct-page.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm, type Written } from '../read-form.ts'
import { CorrectPage } from './correct-page.tsx'
import { OwnRecordsPage } from './own-records-page.tsx'
import { readRecord, readWithdrawal, toValues, valuesIn } from './record-values.ts'

/** The form that corrects a record, at `/patients/:id/details` for the front desk and `/account/details/:id` for patients. */
export const record = new Hono<AppEnv>()

record.get('/:id/details', show)
record.post('/:id/details', correct)

/** The same for a patient's own record and those of dependants. */
export const ownRecord = new Hono<AppEnv>()

ownRecord.get('/', async (c) =>
  c.html(<OwnRecordsPage frame={frameOf(c)} patients={await findOwnPatients(c.var.clinic)} />),
)
ownRecord.get('/:id', show)
ownRecord.post('/:id', correct)

async function show(c: Context<AppEnv>) {
  const { patient, request } = await readCorrectPage(c.var.clinic, idIn(c, 'patient'))
  // What was asked for stays in the form: sending it without would withdraw the request.
  const asked = request?.status === 'open' && !isDesk(c.var.clinic.actor) ? request.changes : {}
  const values = toValues({ ...patient, ...asked })
  return c.html(<CorrectPage {...placeOf(c)} {...{ patient, request, values }} />)
}

async function correct(c: Context<AppEnv>) {
  requireRight(c.var.clinic.actor, 'correct patients')
  const form = await readForm(c)
  const id = idIn(c, 'patient')
  const place = placeOf(c)
  const read = form('withdraws') ? readWithdrawal(form) : readRecord(form, place.isDesk, c.var.clinicPhone)
  if (!read.ok) return again(c, form, { faults: read.faults }, 422)
  const corrected = await correctPatient(c.var.clinic, { id, version: readVersion(form), ...read.wanted })
  if (corrected.ok) return c.redirect(place.isDesk ? place.back : paths.ownRecord(id), 303)
  c.set('refusal', corrected.refusal)
  if (corrected.refusal === 'invalid')
    return again(c, form, { faults: { birth_date: 'not_a_birth_date' } }, 422)
  return again(c, form, { refused: corrected }, corrected.refusal === 'stale' ? 412 : 409)
}

type Problems = Pick<Parameters<typeof CorrectPage>[0], 'faults' | 'refused'>

/** The form with what was typed, beside the record as it is now. */
async function again(c: Context<AppEnv>, form: Written, problems: Problems, status: 409 | 412 | 422) {
  const { patient, request } = await readCorrectPage(c.var.clinic, idIn(c, 'patient'))
  return c.html(
    <CorrectPage {...placeOf(c)} {...problems} {...{ patient, request }} values={valuesIn(form)} />,
    status,
  )
}

/** A version that no record has when there is none: such a form was not ours. */
const readVersion = (form: Written) => (/^\d{1,9}$/.test(form('version')) ? Number(form('version')) : -1)

function placeOf(c: Context<AppEnv>) {
  const id = idIn(c, 'patient')
  const isOfDesk = isDesk(c.var.clinic.actor)
  return {
    frame: frameOf(c),
    formKey: newFormKey(),
    withdrawalKey: newFormKey(),
    isDesk: isOfDesk,
    action: isOfDesk ? paths.patientDetails(id) : paths.ownRecord(id),
    back: isOfDesk ? paths.patient(id) : paths.ownRecords(),
  }
}
