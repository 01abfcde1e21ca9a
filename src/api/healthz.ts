import { Hono } from 'hono'
import { checkHealth, createHealthCheck } from '../clinic/health/check.ts'
import { overdueIn, toOverdue } from '../clinic/health/overdue.ts'
import type { Database } from '../database/connect.ts'
import type { AppEnv } from '../http/app-env.ts'
import { limit } from '../http/rate-limits.ts'
import { reportFailure } from '../observability/failures.ts'
import { currentTrace, traced } from '../observability/trace.ts'
import { allowOnly, refuse } from './conventions.ts'

interface Running {
  db: Database
  environment: string
  release: string
}

/**
 * `/healthz`, for monitors. It names neither the release nor the environment: a deploy, which knows both, asks whether
 * these run with `?environment=` and `?release=`. `?deep` also asks whether messages go out in time.
 */
export function healthz({ db, environment, release }: Running) {
  const door = new Hono<AppEnv>()
  const asking = { now: Date.now, onFailure: reportFailure }
  const ask = createHealthCheck({ ...asking, check: () => checkHealth({ db }) })
  let overdue = 0
  const askDeeply = createHealthCheck({
    ...asking,
    async check() {
      overdue = toOverdue((await overdueIn({ db, now: new Date() })).rows).overdue
    },
  })

  door.get('/', limit('READ_LIMIT', refuse), async (c) => {
    const asked = { environment: c.req.query('environment'), release: c.req.query('release') }
    const isAsked = asked.environment !== undefined && asked.release !== undefined
    const isThis = asked.environment === environment && asked.release === release
    const isDeep = c.req.query('deep') !== undefined
    const status = await once(() => (isDeep ? askDeeply : ask)((work) => c.executionCtx.waitUntil(work)))
    // Busy is alive: monitors must not call anyone.
    const isDown = status === 'the database does not answer'
    if (isDown) c.header('Retry-After', '5')
    if (isDeep && status === 'ok' && overdue > 0)
      return c.json({ status: 'messages are overdue', overdue }, 503)
    return c.json({ status, ...(isAsked && { is_this_release: isThis }) }, isDown ? 503 : 200)
  })
  door.all('/', allowOnly('GET, HEAD'))
  return door
}

/** Without repeating the trip. */
function once<T>(work: () => Promise<T>): Promise<T> {
  const trace = currentTrace()
  return trace ? traced({ ...trace, isRepeatable: false }, work) : work()
}
