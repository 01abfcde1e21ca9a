import { type Context, Hono } from 'hono'
import { NotFound } from '../clinic/errors.ts'
import { patientFlag, setPatientFlag } from '../clinic/patients/flags.ts'
import type { AppEnv } from '../http/app-env.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly } from './conventions.ts'
import type { PatientFlagsJson } from './patient-answers.ts'

/** What the front desk must know when a patient comes. */
export const patientFlagsApi = new Hono<AppEnv>()

patientFlagsApi.put('/:id/flags/:flag', (c) => set(c, true))
patientFlagsApi.delete('/:id/flags/:flag', (c) => set(c, false))
patientFlagsApi.all('/:id/flags/:flag', allowOnly('PUT, DELETE'))

async function set(c: Context<AppEnv>, isSet: boolean) {
  const flag = patientFlag.safeParse(c.req.param('flag')).data
  if (!flag) throw new NotFound('patient')
  const { patientId, flags } = await setPatientFlag(c.var.clinic, {
    patientId: idIn(c, 'patient'),
    flag,
    isSet,
  })
  const patient_flags: PatientFlagsJson = { patient_id: patientId, flags }
  return c.json({ patient_flags })
}
