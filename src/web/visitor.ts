import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import type { AppEnv } from '../http/app-env.ts'
import { isRead } from '../http/rate-limits.ts'
import { sessionCookie, visitorCookie } from './cookies.ts'
import { paths } from './paths.ts'

/**
 * Recognises the signed-in visitor. Reads trust the visitor cookie, which saves a trip; writes use the session itself,
 * looked up at most a minute ago.
 */
export const readVisitor: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('visitor', null)
  const token = await sessionCookie.read(c)
  if (!token) return next()
  const trusted = isRead(c) ? await visitorCookie.read(c, token) : null
  const visitor = trusted ?? (await c.var.visitors.get(token, c.var.clinic.now))
  if (!visitor) {
    sessionCookie.clear(c)
    return next()
  }
  if (isRead(c) && !trusted) await visitorCookie.write(c, token, visitor)
  c.set('visitor', visitor)
  c.set('clinic', { ...c.var.clinic, actor: visitor.actor, sessionHash: hashKey(token) })
  c.set('countedBy', { key: `account:${visitor.accountId}`, wider: null })
  return next()
}

/** Covers what hono/csrf does not: bodies that only a script can send. */
export const refuseOtherOrigins: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header('Origin')
  if (!isRead(c) && origin && origin !== new URL(c.req.url).origin) throw new HTTPException(403)
  return next()
}

/** Leads visitors without a name and accepted terms to the welcome page, and back afterwards. */
export const requireComplete: MiddlewareHandler<AppEnv> = async (c, next) => {
  // The sign-in pages redirect on their own, and know where to.
  const mayPass = [paths.welcome(), paths.signOut(), paths.signIn(), paths.signInCode()].includes(c.req.path)
  if (!c.var.visitor || c.var.visitor.isComplete || mayPass) return next()
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(paths.welcome(c.req.method === 'GET' ? pathname + search : undefined), 303)
}
