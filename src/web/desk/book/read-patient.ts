import type { Context } from 'hono'
import { registerPatient, registerPatientInput } from '../../../clinic/patients/register.ts'
import type { PatientSummary } from '../../../clinic/patients/summary.ts'
import { snakeKeys } from '../../../clinic/snake-case.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { withPhone } from '../../patients/with-phone.ts'
import { readFields } from '../../read-form.ts'
import { type BookingFaults, type BookingField, type BookingValues, readChosenPatient } from './values.ts'

const { name, birthDate, phone } = registerPatientInput.shape

type ReadPatient =
  | { ok: true; id: number; isNew: boolean }
  | {
      ok: false
      refusal: 'invalid' | 'no_patient' | 'may_exist'
      faults?: BookingFaults
      candidates?: PatientSummary[]
    }

/**
 * Whom the form is for: the patient who was chosen, or someone it registers now. They stay registered when their appointment
 * is then refused, so nothing has to be entered again.
 *
 * @param register `yes`, or `confirmed` when others look alike; empty to book for the one who was chosen.
 */
export async function readPatient(
  c: Context<AppEnv>,
  values: BookingValues,
  register: string,
): Promise<ReadPatient> {
  const chosenId = readChosenPatient(values)
  if (!register && chosenId !== undefined) return { ok: true, id: chosenId, isNew: false }
  if (!register && !values.name) return { ok: false, refusal: 'no_patient' }
  const written = (field: string) => values[field as BookingField]
  const read = readFields(withPhone(written, c.var.clinicPhone), { name, birthDate, phone })
  if (!read.ok) return { ok: false, refusal: 'invalid', faults: read.faults }
  const registered = await registerPatient(inItsOwnName(c), {
    ...read.values,
    confirmed: register === 'confirmed',
  })
  if (registered.ok) return { ok: true, id: registered.patient.id, isNew: true }
  c.set('refusal', registered.refusal)
  switch (registered.refusal) {
    case 'invalid':
      return { ok: false, refusal: 'invalid', faults: snakeKeys(registered.faults) }
    case 'may_exist':
      return { ok: false, refusal: 'may_exist', candidates: registered.candidates }
    default:
      throw new Error('The front desk may register anyone, and sends no numbers here.')
  }
}

/** A form that is sent twice registers once. Its own key is for the booking. */
function inItsOwnName({ var: { clinic } }: Context<AppEnv>) {
  const { idempotency } = clinic
  return idempotency
    ? { ...clinic, idempotency: { ...idempotency, key: `${idempotency.key} patient` } }
    : clinic
}
