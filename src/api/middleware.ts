import type { Context, Handler, MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { matchedRoutes } from 'hono/route'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import { NotFound } from '../clinic/errors.ts'
import { id } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { isRead, limit, limitRequests, tellPolicy } from '../http/rate-limits.ts'
import { problem } from './problem.ts'

const tooMany = (c: Context<AppEnv>) => problem(c, 'too_many_requests')

/** Says which limit applies, also in an answer that refuses. */
export const tellLimit: MiddlewareHandler<AppEnv> = (c, next) => {
  tellPolicy(c)
  return next()
}

export const limitApi = limitRequests(tooMany)

const limitGuesses = limit('READ_LIMIT', tooMany)

/**
 * Who asks, by their bearer key (RFC 6750). The API knows no cookies, so no other site can act through a
 * browser. Without a key the actor stays anonymous, and each verb decides; what a stranger wants to write is
 * not even read, unless there is nothing to write. A key that is not remembered here is looked up within the limit of its
 * address.
 */
export const readBearer: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { apiClients, clinic } = c.var
  const header = c.req.header('Authorization')
  if (header === undefined) return isRead(c) || !isServed(c) ? next() : problem(c, 'not_signed_in')
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

/** Whether the address takes the method; what every method is answered by stands for none of them. */
const isServed = (c: Context) => matchedRoutes(c).some(({ method }) => method !== 'ALL')

/** What a page of another origin may read of our answers, beside what any may (Fetch, 3.3.3). */
const exposed = [
  ...['Allow', 'ETag', 'Link', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
  ...['Deprecation', 'Sunset'],
]
const approve = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  allowHeaders: ['If-None-Match'],
  exposeHeaders: exposed,
  maxAge: 86_400,
})

/**
 * Lets pages of every origin read what anybody may read without a key. No browser sends a key or a JSON body for them:
 * `Authorization` and `Content-Type` are never approved. POST itself needs no approval, and without these it is refused.
 */
export const shareWithPages: MiddlewareHandler<AppEnv> = (c, next) => {
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method')
  return isPlainOptions ? next() : approve(c, next)
}

/**
 * A 304 for who has it already (RFC 9110, 13.1.2), which keeps what is said of the answer. Of what has no version of its
 * own the tag is a digest, and weak: `If-Match` cannot be asked for it.
 */
export const unlessKnown = etag({
  weak: true,
  retainedHeaders: [
    ...RETAINED_304_HEADERS,
    'Access-Control-Allow-Origin',
    'Access-Control-Expose-Headers',
    ...exposed,
  ],
})

const ours = ['application/json', 'application/problem+json']

/** RFC 9110, 15.5.7: who wants none of what we speak is told so before anything is done. */
export const requireAccept: MiddlewareHandler<AppEnv> = async (c, next) => {
  const match: Parameters<typeof accepts>[1]['match'] = (wanted) => {
    const qualityOf = (type: string) =>
      [type, 'application/*', '*/*'].flatMap(
        (range) => wanted.find((one) => one.type.toLowerCase() === range) ?? [],
      )[0]?.q
    return ours.find((type) => (qualityOf(type) ?? 0) > 0) ?? ''
  }
  const chosen = accepts(c, { header: 'Accept', supports: ours, default: 'any', match })
  return chosen ? next() : problem(c, 'not_acceptable')
}

/** RFC 9110, 13.1.1: a condition is never overlooked. What is no appointment has no version that could be the one named. */
export const refuseVainMatch: MiddlewareHandler<AppEnv> = async (c, next) => {
  const isVain = !isRead(c) && !c.req.path.startsWith('/api/v1/appointments/')
  return isVain && (c.req.header('If-Match') ?? '*') !== '*' ? problem(c, 'no_version') : next()
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

/** Answers OPTIONS, and that the address takes no other method (RFC 9110, 9.3.7 and 15.5.6). */
export function allowOnly(methods: string): Handler<AppEnv> {
  return (c) => {
    c.header('Allow', `${methods}, OPTIONS`)
    if (c.req.method === 'OPTIONS') return c.body(null, 204)
    return problem(c, 'method_not_allowed')
  }
}

/** The id in the address. @throws NotFound for what is none: nobody has it. */
export function idIn(c: Context<AppEnv>, noun: NotFound['noun'], parameter = 'id'): number {
  const read = id.safeParse(c.req.param(parameter))
  if (!read.success) throw new NotFound(noun)
  return read.data
}
