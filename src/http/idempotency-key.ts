import type { Context, MiddlewareHandler } from 'hono'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import type { AppEnv } from './app-env.ts'
import { isRead } from './rate-limits.ts'
import type { Refuse } from './refuse.ts'

/**
 * Reads the `Idempotency-Key` of a write (draft-ietf-httpapi-idempotency-key-header-07): a string in quotes (RFC 9651,
 * 3.3.3), or the same without quotes. The fingerprint covers everything that decides what the request does.
 */
export function readIdempotencyKey(refuse: Refuse): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const written = c.req.header('Idempotency-Key')
    if (written === undefined || isRead(c)) return next()
    const [, quoted, bare] =
      /^(?:"((?:[ !#-[\]-~]|\\["\\]){1,255})"|([!#-+\--:<-[\]-~]{1,255}))$/.exec(written) ?? []
    const key = quoted?.replace(/\\(.)/g, '$1') ?? bare
    if (key === undefined) return refuse(c, 'malformed_key')
    const { method, url } = c.req
    const { pathname, search } = new URL(url)
    const asked = [method, pathname + search, c.req.header('If-Match') ?? null, await c.req.text()]
    setIdempotencyKey(c, asked, () => key)
    return next()
  }
}

/**
 * Makes the request one that its client may send again.
 *
 * @param asked everything that decides what the request does; its hash is the fingerprint.
 */
export function setIdempotencyKey(
  c: Context<AppEnv>,
  asked: unknown[],
  keyFor: (fingerprint: string) => string,
): void {
  const fingerprint = hashKey(JSON.stringify(asked))
  c.set('clinic', { ...c.var.clinic, idempotency: { key: keyFor(fingerprint), fingerprint } })
}
