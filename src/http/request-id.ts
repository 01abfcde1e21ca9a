import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'

const safe = /^[\w.:-]{1,100}$/

/**
 * Gives each request an id of our own, which its answer names in `X-Request-Id`. A client's own id is kept apart: it only
 * appears in the log, as `client_request_id`, because clients may repeat or invent one.
 */
export const giveRequestId: MiddlewareHandler<AppEnv> = (c, next) => {
  const sent = c.req.header('X-Request-Id') ?? ''
  if (safe.test(sent)) c.set('clientRequestId', sent)
  c.set('requestId', crypto.randomUUID())
  c.header('X-Request-Id', c.var.requestId)
  return next()
}

/** For the cached entrypoint, which only our own entrypoint can call: it passes the id that it gave. */
export const takeRequestId: MiddlewareHandler<AppEnv> = (c, next) => {
  c.set('requestId', c.req.header('X-Request-Id') ?? crypto.randomUUID())
  return next()
}
