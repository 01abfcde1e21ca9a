import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { limit } from '../http/rate-limits.ts'
import { message } from './errors.tsx'

const count = limit('SEARCH_LIMIT', (c) => message(c, 'tooMany', 429))

/** Counts pages that search free times: not those without a visit type. Whether the cache has the page is not known yet. */
export const limitSearches: MiddlewareHandler<AppEnv> = (c, next) =>
  c.req.query('visit_type_id') ? count(c, next) : next()
