import type { Handler, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import type { AppEnv } from '../door.ts'
import { limit } from '../limits.ts'
import { problem } from './problem.ts'

/**
 * Who asks, by their bearer key (RFC 6750). The API knows no cookies, so no other site can act through a
 * browser. Without a key the actor stays anonymous, and each verb decides; what a stranger wants to write is not
 * even read.
 */
export const readBearer: MiddlewareHandler<AppEnv> = async (c, next) => {
  const header = c.req.header('Authorization')
  if (header === undefined) return isRead(c.req.method) ? next() : problem(c, 'not_signed_in')
  const [, key] = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(header) ?? []
  const hash = key ? await hashKey(key) : ''
  const actor = key ? await c.var.apiClients.get(hash, c.var.clinic.now) : null
  if (!actor) return problem(c, 'unknown_key')
  c.set('clinic', { ...c.var.clinic, actor })
  c.set('countedBy', `key:${hash}`)
  return next()
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD'

const limitReads = limit('READ_LIMIT', (c) => problem(c, 'too_many_requests'))
const limitWrites = limit('WRITE_LIMIT', (c) => problem(c, 'too_many_requests'))

export const limitRequests: MiddlewareHandler<AppEnv> = (c, next) =>
  isRead(c.req.method) ? limitReads(c, next) : limitWrites(c, next)

/** RFC 9110, 15.5.16; a form of another site cannot send it. */
export const requireJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const mediaType = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  return mediaType === 'application/json' ? next() : problem(c, 'unsupported_media_type')
}

export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: 16 * 1024,
  onError: (c) => problem(c, 'too_large'),
})

/** Answers every method that the address does not know (RFC 9110, 15.5.6). */
export function allowOnly(methods: string): Handler<AppEnv> {
  return (c) => {
    c.header('Allow', methods)
    return problem(c, 'method_not_allowed')
  }
}
