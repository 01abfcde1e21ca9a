import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { AppEnv } from './app-env.ts'

/** The headers that a page of another origin may read, besides those that it always may (Fetch, 3.3.3). */
export const exposedHeaders = [
  ...['Allow', 'ETag', 'Link', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
  ...['Deprecation', 'Sunset'],
]

const allowReads = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  allowHeaders: ['If-None-Match'],
  exposeHeaders: exposedHeaders,
  maxAge: 86_400,
})

/**
 * CORS for what needs no key: pages of any origin may read it. They can send neither a key nor a JSON body, because
 * `Authorization` and `Content-Type` are never allowed. Browsers do not ask before a plain POST, which is refused without
 * those two.
 */
export const allowCrossOriginReads: MiddlewareHandler<AppEnv> = (c, next) => {
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method')
  return isPlainOptions ? next() : allowReads(c, next)
}
