import { Hono } from 'hono'
import { operations, type RegisteredOperation } from '../../src/api/description/registry.ts'
import { type SampleCall, sampleCall } from '../../src/api/description/sample.ts'
import { v1 } from '../../src/api/v1.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import type { AppEnv } from '../../src/http/app-env.ts'
import { quotas } from '../../src/http/rate-limits.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'
import { openSampleClinic } from './sample-clinic.ts'

/** The sample call of every operation, so that a new operation needs no call of its own here. */
export const callsOfTheApi: Calls[] = [callOperations]

async function callOperations(clinic: Explained, { call }: Recorder) {
  const sample = openSampleClinic(clinic)
  for (const operation of operations) {
    const made = await sampleCall(operation, sample)
    const ctx = clinic.context(operation.right ? clinic.as.admin : clinic.as.stranger)
    await call(operation.operationId, () => send(made, ctx, operation))
  }
}

/** Nothing limits these calls. */
const unlimited = Object.fromEntries(
  Object.keys(quotas).map((name) => [name, { limit: async () => ({ success: true }) }]),
)

/** Sends the call to the API's own routes, past the middleware that reads keys and counts requests. */
async function send(
  { method, path, headers, body }: SampleCall,
  ctx: ClinicContext,
  { answer }: RegisteredOperation,
) {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('clinic', ctx)
    c.set('countedBy', { key: 'explain', wider: null })
    await next()
  })
  app.route('/api/v1', v1)
  app.onError((error) => {
    throw error
  })
  const response = await app.request(path, { method, headers, body }, unlimited)
  if (response.status === answer.status) return { ok: true }
  return { ok: false, refusal: `${response.status} ${await response.text()}` }
}
