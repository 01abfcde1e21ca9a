import type { Context, MiddlewareHandler } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import type { AppEnv, CountedBy } from './app-env.ts'
import { networkOf } from './network.ts'
import type { Refuse } from './refuse.ts'

/** The period of every limit in wrangler.toml, in seconds. */
const period = 60

type LimitBinding = keyof AppEnv['Bindings']

/** The limits in wrangler.toml. A binding does not tell its own. */
export const quotas = {
  READ_LIMIT: { name: 'read', quota: 300 },
  WRITE_LIMIT: { name: 'write', quota: 60 },
  SEARCH_LIMIT: { name: 'search', quota: 120 },
  SIGN_IN_LIMIT: { name: 'sign-in', quota: 10 },
  WIDER_LIMIT: { name: 'wider', quota: 1200 },
} satisfies Record<LimitBinding, { name: string; quota: number }>

/** Counts a request by the network of its address. */
export function countedByNetwork(address: string): CountedBy {
  const { network, wider } = networkOf(address)
  return { key: `network:${network}`, wider: wider && `wider:${wider}` }
}

/**
 * Allows as many requests a minute as wrangler.toml says, counted by key or account, otherwise by the network of the
 * address that Cloudflare saw; never by a header that the client writes. Everyone in a wider IPv6 network shares its
 * limit. Cloudflare counts separately in each of its locations.
 */
export function limit(binding: LimitBinding, refuse: Refuse): MiddlewareHandler<AppEnv> {
  const count = counter(binding, refuse, (c) => c.var.countedBy.key)
  const countWider = counter('WIDER_LIMIT', refuse, (c) => c.var.countedBy.wider ?? '')
  return async (c, next) => {
    const refused = await count(c, async () => {})
    if (refused || c.var.countedBy.wider === null) return refused ?? next()
    return countWider(c, next)
  }
}

function counter(
  binding: LimitBinding,
  refuse: Refuse,
  keyGenerator: (c: Context<AppEnv>) => string,
): MiddlewareHandler<AppEnv> {
  return rateLimiter<AppEnv>({
    binding: (c) => c.env[binding],
    keyGenerator: (c) => keyGenerator(c as Context<AppEnv>),
    handler: (c) => {
      c.header('Retry-After', String(period))
      setPolicy(c as Context<AppEnv>, binding)
      c.header('RateLimit', `"${quotas[binding].name}";r=0;t=${period}`)
      return refuse(c as Context<AppEnv>, 'too_many_requests')
    },
  })
}

/** Sends `RateLimit-Policy` with every answer, refusals included. */
export const announceRateLimit: MiddlewareHandler<AppEnv> = (c, next) => {
  setPolicy(c, isRead(c) ? 'READ_LIMIT' : 'WRITE_LIMIT')
  return next()
}

/** For what searches free times, which costs the database more than any other read; it counts as a read as well. */
export const announceSearchLimit: MiddlewareHandler<AppEnv> = (c, next) => {
  setPolicy(c, 'SEARCH_LIMIT', 'READ_LIMIT')
  return next()
}

/** draft-ietf-httpapi-ratelimit-headers-11; Cloudflare does not tell how much is left. */
function setPolicy(c: Context, ...bindings: LimitBinding[]): void {
  const policies = bindings.map(
    (binding) => `"${quotas[binding].name}";q=${quotas[binding].quota};w=${period}`,
  )
  c.header('RateLimit-Policy', policies.join(', '))
}

/** Whether the method is safe: it only reads (RFC 9110, 9.2.1). */
export function isRead(c: Context): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
}

/** Applies the limit for reads or for writes, by the method. */
export function limitRequests(refuse: Refuse): MiddlewareHandler<AppEnv> {
  const [reads, writes] = [limit('READ_LIMIT', refuse), limit('WRITE_LIMIT', refuse)]
  return (c, next) => (isRead(c) ? reads(c, next) : writes(c, next))
}
