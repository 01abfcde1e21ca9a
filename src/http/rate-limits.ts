import type { Context, MiddlewareHandler } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import type { AppEnv } from './app-env.ts'

/** The period of every limit in wrangler.toml, in seconds. */
const period = 60

/** As wrangler.toml has them: what the bindings count to, they do not say. */
export const quotas = {
  READ_LIMIT: { name: 'read', quota: 300 },
  WRITE_LIMIT: { name: 'write', quota: 60 },
  SIGN_IN_LIMIT: { name: 'sign-in', quota: 10 },
} satisfies Record<keyof AppEnv['Bindings'], { name: string; quota: number }>

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
      tellPolicy(c as Context<AppEnv>, binding)
      c.header('RateLimit', `"${quotas[binding].name}";r=0;t=${period}`)
      return refuse(c as Context<AppEnv>)
    },
  })
}

/** The limit that applies (draft-ietf-httpapi-ratelimit-headers-11); Cloudflare does not say how much of it is left. */
export function tellPolicy(c: Context<AppEnv>, binding: keyof typeof quotas = methodLimit(c)): void {
  const { name, quota } = quotas[binding]
  c.header('RateLimit-Policy', `"${name}";q=${quota};w=${period}`)
}

const methodLimit = (c: Context) => (isRead(c) ? 'READ_LIMIT' : 'WRITE_LIMIT')

/** Reading, which changes nothing (RFC 9110, 9.2.1). */
export function isRead(c: Context): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
}

/** The limit of reads or of writes, by the method. */
export function limitRequests(
  refuse: (c: Context<AppEnv>) => Response | Promise<Response>,
): MiddlewareHandler<AppEnv> {
  const [reads, writes] = [limit('READ_LIMIT', refuse), limit('WRITE_LIMIT', refuse)]
  return (c, next) => (isRead(c) ? reads(c, next) : writes(c, next))
}
