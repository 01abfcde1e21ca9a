import type { Context, MiddlewareHandler } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import type { AppEnv } from './door.ts'

/** The period of every limit in wrangler.toml, in seconds. */
const period = 60

/**
 * At most as many requests a minute as wrangler.toml allows, counted by key or session, else by the address
 * that Cloudflare saw; never by a header the client writes. Cloudflare counts in each of its locations.
 */
export function limit(
  binding: keyof AppEnv['Bindings'],
  refuse: (c: Context<AppEnv>) => Response | Promise<Response>,
): MiddlewareHandler<AppEnv> {
  return rateLimiter<AppEnv>({
    binding: (c) => c.env[binding],
    keyGenerator: (c) => c.var.countedBy,
    handler: (c) => {
      c.header('Retry-After', String(period))
      return refuse(c as Context<AppEnv>)
    },
  })
}

/** Reading, which changes nothing (RFC 9110, 9.2.1). */
export function isRead(c: Context): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD'
}

/** The limit of reads or of writes, by the method. */
export function limitRequests(
  refuse: (c: Context<AppEnv>) => Response | Promise<Response>,
): MiddlewareHandler<AppEnv> {
  const [reads, writes] = [limit('READ_LIMIT', refuse), limit('WRITE_LIMIT', refuse)]
  return (c, next) => (isRead(c) ? reads(c, next) : writes(c, next))
}
