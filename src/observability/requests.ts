import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { personOf } from '../clinic/context.ts'
import type { AppEnv } from '../http/app-env.ts'
import { isRead } from '../http/rate-limits.ts'
import { causesOf } from './causes.ts'
import { log } from './log.ts'
import { safeAddress, subjectOf } from './safe-address.ts'
import { type Trace, traced } from './trace.ts'

type AppContext = Context<AppEnv>

/**
 * Writes one line per request when its answer is ready, and adds `Server-Timing`. A Worker's clock advances only while it
 * waits, so these are waiting times, not CPU times.
 */
export function logRequests(doorOf: (path: string) => Trace['door']): MiddlewareHandler<AppEnv> {
  return (c, next) => {
    const begun = Date.now()
    const trace: Trace = {
      requestId: c.var.requestId,
      door: doorOf(c.req.path),
      spent: { trips: 0, tripMs: 0 },
      isRepeatable: isRead(c),
      about: () => describe(c),
      waitUntil: (work) => c.executionCtx.waitUntil(work),
    }
    return traced(trace, async () => {
      await next()
      const durationMs = Date.now() - begun
      const { trips, tripMs } = trace.spent
      // A cached response must not carry the first visitor's timing.
      if (trace.door !== 'public')
        c.res.headers.set('Server-Timing', `total;dur=${durationMs}, db;dur=${tripMs};desc="trips: ${trips}"`)
      log('info', 'request', {
        ...describe(c),
        status: c.res.status,
        duration_ms: durationMs,
        trips,
        trip_ms: tripMs,
        cache: c.res.headers.get('CF-Cache-Status')?.toLowerCase(),
      })
    })
  }
}

/** A request that cannot be described is answered all the same. */
function describe(c: AppContext): Record<string, unknown> {
  try {
    return aboutRequest(c)
  } catch (error) {
    log('error', 'a request cannot be described', { causes: causesOf(error) })
    return {}
  }
}

/** Everything the log may know: no names, no addresses, nothing a person wrote. */
function aboutRequest(c: AppContext): Record<string, unknown> {
  const route = routeOf(c)
  return {
    method: c.req.method,
    route,
    path: safeAddress(new URL(c.req.url), route),
    actor: actorOf(c),
    ...subjectOf(c),
    refusal: c.var.refusal,
    client_request_id: c.var.clientRequestId,
  }
}

/** The pattern of the matching handler, even if middleware answered before it. */
function routeOf(c: AppContext): string {
  const patterns = matchedRoutes(c).map(({ path }) => path)
  return patterns.findLast((path) => !path.includes('*')) ?? patterns.at(-1) ?? ''
}

function actorOf(c: AppContext) {
  const { actor } = c.var.clinic
  const person = personOf(actor)
  return {
    kind: actor.kind,
    account_id: person?.accountId ?? c.var.visitor?.accountId,
    ...(actor.kind === 'api_client' && { key_id: actor.keyId, role: person?.kind }),
  }
}
