import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { personOf } from '../clinic/context.ts'
import { registerPatient, registerPatientInput } from '../clinic/patients/register.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import type { PatientJson } from './answers.ts'
import { allowOnly, requireJson } from './middleware.ts'
import { problem } from './problem.ts'
import { refuseInvalid, toError } from './refuse-invalid.ts'

const { name, email, accountId } = registerPatientInput.shape
export const patientBody = closed({ patient: closed({ name, email, account_id: accountId }) })

export const patientsApi = new Hono<AppEnv>()

patientsApi.post('/', requireJson, zValidator('json', patientBody, refuseInvalid), async (c) => {
  const { account_id, ...patient } = c.req.valid('json').patient
  const registered = await registerPatient(c.var.clinic, { ...patient, accountId: account_id })
  if (registered.ok) {
    // A patient who registers a dependant acts for one patient more.
    if (personOf(c.var.clinic.actor)?.kind === 'patient') c.var.apiClients.forget(c.var.keyHash)
    const patient: PatientJson = registered.patient
    return c.json({ patient }, 201)
  }
  const taken = toError({ path: ['patient', 'email'], message: registered.faults.email })
  return problem(c, 'invalid', { errors: [taken] })
})
patientsApi.all('/', allowOnly('POST'))
