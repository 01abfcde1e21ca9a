import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { exportPatient } from '../clinic/patients/export.ts'
import {
  findPatientAccesses,
  type PatientAccess,
  patientAccessKey,
} from '../clinic/patients/find-accesses.ts'
import { findPatientHistory, type PatientEvent, patientEventKey } from '../clinic/patients/find-history.ts'
import { closed } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { sendExport } from '../http/send-export.ts'
import { allowOnly } from './conventions.ts'
import type { PatientAccessJson, PatientEventJson } from './patient-data-answers.ts'
import { refuseInvalidQuery } from './refuse-invalid.ts'

export const patientLogSearch = inSnakeCase(closed(paging(50)))

/** What the clinic keeps about a patient, and who looked at it. */
export const patientDataApi = new Hono<AppEnv>()

patientDataApi.get('/:id/accesses', zValidator('query', patientLogSearch, refuseInvalidQuery), async (c) => {
  const { cursor, limit } = c.req.valid('query')
  const after = await readCursor(c, cursor, patientAccessKey)
  const asked = { patientId: idIn(c, 'patient'), limit, after }
  const { accesses, next } = await findPatientAccesses(c.var.clinic, asked)
  if (next) await linkToNext(c, [next.at.toISOString(), next.id])
  return c.json({ patient_accesses: accesses.map(toJson) })
})
patientDataApi.all('/:id/accesses', allowOnly('GET, HEAD'))

patientDataApi.get('/:id/events', zValidator('query', patientLogSearch, refuseInvalidQuery), async (c) => {
  const { cursor, limit } = c.req.valid('query')
  const after = await readCursor(c, cursor, patientEventKey)
  const { events, next } = await findPatientHistory(c.var.clinic, {
    patientId: idIn(c, 'patient'),
    limit,
    after,
  })
  if (next) await linkToNext(c, [next])
  return c.json({ patient_events: events.map(eventToJson) })
})
patientDataApi.all('/:id/events', allowOnly('GET, HEAD'))

patientDataApi.get('/:id/export', async (c) => {
  const { patientId, document } = await exportPatient(c.var.clinic, idIn(c, 'patient'))
  return sendExport(c, patientId, 'application/json', `{"patient_export":${document}}`)
})
patientDataApi.all('/:id/export', allowOnly('GET, HEAD'))

function eventToJson({ accountName: _, ...event }: PatientEvent): PatientEventJson {
  return { ...snakeKeys(event), at: event.at.toISOString() }
}

function toJson({ at, actorKind, isByKey, account, ...access }: PatientAccess): PatientAccessJson {
  return {
    ...access,
    at: at.toISOString(),
    actor_kind: actorKind,
    is_by_key: isByKey,
    account_id: account?.id ?? null,
  }
}
