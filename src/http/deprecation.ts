import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'

/** When `location` and `location_id` of a doctor gave way to `locations` and `location_ids`, and until when answers keep them. */
const oldLocation = {
  deprecatedAt: new Date('2026-11-29T00:00:00Z'),
  goneAt: new Date('2027-11-30T00:00:00Z'),
}

/** Announces that answers hold a field that will go (RFC 9745, RFC 8594). */
export const announceOldLocation: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  if (!c.res.ok && c.res.status !== 304) return
  c.header('Deprecation', `@${oldLocation.deprecatedAt.getTime() / 1000}`)
  c.header('Sunset', oldLocation.goneAt.toUTCString())
}
