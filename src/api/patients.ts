import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { personOf } from '../clinic/context.ts'
import { findPatient, findPatients, findPatientsInput } from '../clinic/patients/find.ts'
import { registerPatient, registerPatientInput } from '../clinic/patients/register.ts'
import { closed, id } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { PatientJson } from './answers.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

export const patientBody = closed({ patient: inSnakeCase(registerPatientInput) })
export const patientsSearch = inSnakeCase(findPatientsInput.extend(paging(50)))

export const patientsApi = new Hono<AppEnv>()

patientsApi.get('/', zValidator('query', patientsSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, id)
  const found = await findPatients(c.var.clinic, { ...asked, after })
  if (found.next) await linkToNext(c, found.next)
  const patients: PatientJson[] = found.patients
  return c.json({ patients })
})
patientsApi.post('/', requireJson, zValidator('json', patientBody, refuseInvalid), async (c) => {
  const registered = await registerPatient(c.var.clinic, c.req.valid('json').patient)
  if (registered.ok) {
    // A patient who registers a dependant acts for one patient more.
    if (personOf(c.var.clinic.actor)?.kind === 'patient') c.var.apiClients.forget(c.var.keyHash)
    const patient: PatientJson = registered.patient
    return c.json({ patient }, 201)
  }
  if (registered.refusal !== 'invalid') return problem(c, registered.refusal)
  return refuseFields(c, 'patient', registered.faults)
})
patientsApi.all('/', allowOnly('GET, HEAD, POST'))

patientsApi.get('/:id', conditionalGet, async (c) => {
  const patient: PatientJson = await findPatient(c.var.clinic, idIn(c, 'patient'))
  return c.json({ patient })
})
patientsApi.all('/:id', allowOnly('GET, HEAD'))
