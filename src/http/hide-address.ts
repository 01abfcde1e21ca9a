import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'

/** For addresses that are as good as a key: no page that they lead to learns them, and no search engine keeps them. */
export const hideAddress: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.res.headers.set('Referrer-Policy', 'no-referrer')
  c.res.headers.set('X-Robots-Tag', 'noindex, nofollow, noarchive')
}
