import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import {
  acceptCorrection,
  type CorrectionRequest,
  type DecidedCorrection,
  declineCorrection,
  declineCorrectionInput,
  findOpenRequests,
} from '../clinic/patients/correction-requests.ts'
import { closed, id } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly, requireJson } from './conventions.ts'
import type { CorrectionRequestJson } from './patient-answers.ts'
import { problem } from './problem.ts'
import { refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

export const rejectionBody = closed({ rejection: inSnakeCase(declineCorrectionInput) })
export const correctionRequestsSearch = inSnakeCase(closed(paging(50)))

export const correctionRequestsApi = new Hono<AppEnv>()

correctionRequestsApi.get(
  '/',
  conditionalGet,
  zValidator('query', correctionRequestsSearch, refuseInvalidQuery),
  async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const found = await findOpenRequests(c.var.clinic, { limit, after: await readCursor(c, cursor, id) })
    if (found.next) await linkToNext(c, found.next)
    return c.json({ correction_requests: found.requests.map(requestToJson) })
  },
)
correctionRequestsApi.all('/', allowOnly('GET, HEAD'))

correctionRequestsApi.post('/:id/acceptance', async (c) =>
  showDecided(c, await acceptCorrection(c.var.clinic, idIn(c, 'correction request'))),
)
correctionRequestsApi.all('/:id/acceptance', allowOnly('POST'))

correctionRequestsApi.post(
  '/:id/rejection',
  requireJson,
  zValidator('json', rejectionBody, refuseInvalid),
  async (c) => {
    const { reason } = c.req.valid('json').rejection
    return showDecided(
      c,
      await declineCorrection(c.var.clinic, { id: idIn(c, 'correction request'), reason }),
    )
  },
)
correctionRequestsApi.all('/:id/rejection', allowOnly('POST'))

function showDecided(c: Context<AppEnv>, decided: DecidedCorrection): Response {
  if (!decided.ok) return problem(c, decided.refusal)
  return c.json({ correction_request: requestToJson(decided.request) })
}

export function requestToJson(request: CorrectionRequest): CorrectionRequestJson {
  const { id, patientId, changes, status, requestedAt, decidedAt, reason } = request
  return {
    id,
    patient_id: patientId,
    changes: snakeKeys(changes),
    status,
    requested_at: requestedAt.toISOString(),
    decided_at: decidedAt?.toISOString() ?? null,
    reason,
  }
}
