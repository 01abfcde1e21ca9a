import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import * as z from 'zod'
import { registerPatient, registerPatientInput } from '../clinic/patients/register.ts'
import { fault } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { allowOnly, limitBody, requireJson } from './middleware.ts'
import { problem, refuseInvalid, toError } from './problem.ts'

const error = fault('not_an_object')
const { name, email, accountId } = registerPatientInput.shape
const patientBody = z.object(
  { patient: z.object({ name, email, account_id: accountId }, { error }) },
  { error },
)

export const patientsApi = new Hono<AppEnv>()

patientsApi.post('/', requireJson, limitBody, zValidator('json', patientBody, refuseInvalid), async (c) => {
  const { account_id, ...patient } = c.req.valid('json').patient
  const registered = await registerPatient(c.var.clinic, { ...patient, accountId: account_id })
  if (registered.ok) return c.json({ patient: registered.patient }, 201)
  const taken = toError({ path: ['patient', 'email'], message: registered.faults.email })
  return problem(c, 'invalid', { errors: [taken] })
})
patientsApi.all('/', allowOnly('POST'))
