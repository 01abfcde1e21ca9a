import type { Context, MiddlewareHandler, Next } from 'hono'
import { matchedRoutes } from 'hono/route'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import type { AppEnv } from './app-env.ts'
import { isRead, limit } from './rate-limits.ts'
import type { Refuse } from './refuse.ts'

/**
 * Authenticates the caller by a bearer key (RFC 6750). These doors ignore cookies, so another site cannot act through a
 * visitor's browser. Without a key the caller stays anonymous and each verb decides, but an anonymous write is refused
 * before its body is read. A key that this isolate has not seen lately is looked up within the rate limit of its address.
 */
export function readBearerKey(refuse: Refuse): MiddlewareHandler<AppEnv> {
  const limitGuesses = limit('READ_LIMIT', refuse)
  return async (c, next) => {
    const header = c.req.header('Authorization')
    if (header === undefined) return isRead(c) || !isServed(c) ? next() : refuse(c, 'not_signed_in')
    const [, key] = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(header) ?? []
    if (!key) return refuse(c, 'unknown_key')
    const hash = hashKey(key)
    const isFamiliar = c.var.apiClients.isKnown(hash, c.var.clinic.now)
    const limited = isFamiliar ? undefined : await limitGuesses(c, async () => {})
    return limited ?? authenticate(c, next, hash, refuse)
  }
}

async function authenticate(c: Context<AppEnv>, next: Next, hash: string, refuse: Refuse) {
  const { apiClients, clinic } = c.var
  const actor = await apiClients.get(hash, clinic.now)
  if (!actor) return refuse(c, 'unknown_key')
  c.set('clinic', { ...clinic, actor })
  c.set('keyHash', hash)
  c.set('countedBy', { key: `key:${hash}`, wider: null })
  return next()
}

/**
 * Whether the address takes this method; a route for `ALL` methods only answers that it does not. Of `/patients/search` and
 * `/patients/:id` the one that was registered first decides.
 */
function isServed(c: Context): boolean {
  const [first, ...others] = matchedRoutes(c).filter(({ path }) => !path.includes('*'))
  return (
    first !== undefined &&
    [first, ...others].some(({ path, method }) => method !== 'ALL' && path === first.path)
  )
}
