import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { exportPatient } from '../clinic/patients/export.ts'
import {
  findPatientAccesses,
  type PatientAccess,
  patientAccessKey,
} from '../clinic/patients/find-accesses.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { sendExport } from '../http/send-export.ts'
import { allowOnly } from './conventions.ts'
import type { PatientAccessJson } from './patient-data-answers.ts'
import { refuseInvalidQuery } from './refuse-invalid.ts'

export const patientAccessesSearch = inSnakeCase(closed(paging(50)))

/** What the clinic keeps about a patient, and who looked at it. */
export const patientDataApi = new Hono<AppEnv>()

patientDataApi.get(
  '/:id/accesses',
  zValidator('query', patientAccessesSearch, refuseInvalidQuery),
  async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const after = await readCursor(c, cursor, patientAccessKey)
    const asked = { patientId: idIn(c, 'patient'), limit, after }
    const { accesses, next } = await findPatientAccesses(c.var.clinic, asked)
    if (next) await linkToNext(c, [next.at.toISOString(), next.id])
    return c.json({ patient_accesses: accesses.map(toJson) })
  },
)
patientDataApi.all('/:id/accesses', allowOnly('GET, HEAD'))

patientDataApi.get('/:id/export', async (c) => {
  const { patientId, document } = await exportPatient(c.var.clinic, idIn(c, 'patient'))
  return sendExport(c, patientId, 'application/json', `{"patient_export":${document}}`)
})
patientDataApi.all('/:id/export', allowOnly('GET, HEAD'))

function toJson({ at, actorKind, isByKey, account, ...access }: PatientAccess): PatientAccessJson {
  return {
    ...access,
    at: at.toISOString(),
    actor_kind: actorKind,
    is_by_key: isByKey,
    account_id: account?.id ?? null,
  }
}
