import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../../../http/app-env.ts'

/**
 * A mail's elements carry their styles, which no page of ours may. So the editor shows it in a frame, and only the framed
 * answer may be framed, by us, and have such styles; it runs nothing, loads nothing and belongs to no origin.
 */
const policyOfMail =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** Outside the middleware that sets the policy of every other page. */
export const allowPreview: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  if (c.var.frames === 'preview')
    headers.set('Content-Security-Policy', `${headers.get('Content-Security-Policy')}; frame-src 'self'`)
  if (c.var.frames === 'framed') {
    headers.set('Content-Security-Policy', policyOfMail)
    headers.set('X-Frame-Options', 'SAMEORIGIN')
  }
}
