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
