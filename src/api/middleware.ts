import type { Context, Handler, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import { NotFound } from '../clinic/errors.ts'
import { id } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { isRead, limit, limitRequests } from '../limits.ts'
import { problem } from './problem.ts'

const tooMany = (c: Context<AppEnv>) => problem(c, 'too_many_requests')

export const limitApi = limitRequests(tooMany)

const limitGuesses = limit('READ_LIMIT', tooMany)

/**
 * Who asks, by their bearer key (RFC 6750). The API knows no cookies, so no other site can act through a
 * browser. Without a key the actor stays anonymous, and each verb decides; what a stranger wants to write is
 * not even read. A key that is not remembered here is looked up within the limit of its address.
 */
export const readBearer: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { apiClients, clinic } = c.var
  const header = c.req.header('Authorization')
  if (header === undefined) return isRead(c) ? next() : problem(c, 'not_signed_in')
  const [, key] = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(header) ?? []
  if (!key) return problem(c, 'unknown_key')
  const hash = hashKey(key)
  const refused = apiClients.isKnown(hash, clinic.now) ? undefined : await limitGuesses(c, async () => {})
  if (refused) return refused
  const actor = await apiClients.get(hash, clinic.now)
  if (!actor) return problem(c, 'unknown_key')
  c.set('clinic', { ...clinic, actor })
  c.set('keyHash', hash)
  c.set('countedBy', `key:${hash}`)
  return next()
}

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

/** The id in the address. @throws NotFound for what is none: nobody has it. */
export function idIn(c: Context<AppEnv>, noun: NotFound['noun'], parameter = 'id'): number {
  const read = id.safeParse(c.req.param(parameter))
  if (!read.success) throw new NotFound(noun)
  return read.data
}
