import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { readBearerKey } from '../http/bearer-key.ts'
import { refuseIfMatchWithoutVersion, requireIfMatch } from '../http/conditions.ts'
import { limitBody, requireAccept, requireContentType } from '../http/content.ts'
import { readIdempotencyKey } from '../http/idempotency-key.ts'
import { allowMethods } from '../http/methods.ts'
import { announceRateLimit, announceSearchLimit, limit, limitRequests } from '../http/rate-limits.ts'
import type { Refuse } from '../http/refuse.ts'
import { problem, problems } from './problem.ts'
import { refuseNamed } from './refuse-invalid.ts'

// The rules that HTTP doors share, refusing with problem+json.

/** Refuses what the shared rules turn away. */
export const refuse: Refuse = (c, code, about) => {
  if (code === 'unknown_cursor') return refuseNamed(c, { cursor: 'not_a_cursor' })
  return problem(c, code, about ? { detail: `${about} ${problems[code].detail}` } : {})
}

/** What every request passes, in this order. */
export const everyRequest: MiddlewareHandler<AppEnv>[] = [
  announceRateLimit,
  requireAccept(refuse, ['application/json', 'application/problem+json']),
  readBearerKey(refuse),
  limitRequests(refuse),
  refuseIfMatchWithoutVersion(
    refuse,
    ({ req }) =>
      /^\/api\/v1\/(appointments\/|series\/(?!preview$)|settings$|travel-times$)/.test(req.path) ||
      (/^(PATCH|PUT)$/.test(req.method) &&
        /^\/api\/v1\/(patients|locations|visit-types|resources|doctors|accounts)\/[^/]+(\/weekly-hours|\/visit-types)?$/.test(
          req.path,
        )),
  ),
  limitBody(refuse),
  readIdempotencyKey(refuse),
]

/** For what searches free times. */
export const limitSearches = [announceSearchLimit, limit('SEARCH_LIMIT', refuse)] as const

export const requireJson = requireContentType(refuse, ['application/json'])
export const requireVersion = requireIfMatch(refuse)
export const allowOnly = allowMethods(refuse)
