import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../http/app-env.ts'
import { isRead } from '../http/rate-limits.ts'
import { sessionCookie, visitorCookie } from './cookies.ts'
import { paths } from './paths.ts'

/**
 * Who is signed in. A page that only reads may believe the visitor cookie, and costs no trip; a write looks
 * the session up, at most a minute ago.
 */
export const readVisitor: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('visitor', null)
  const token = await sessionCookie.take(c)
  if (!token) return next()
  const believed = isRead(c) ? await visitorCookie.take(c, token) : null
  const visitor = believed ?? (await c.var.visitors.get(token, c.var.clinic.now))
  if (!visitor) {
    sessionCookie.drop(c)
    return next()
  }
  if (isRead(c) && !believed) await visitorCookie.put(c, token, visitor)
  c.set('visitor', visitor)
  c.set('clinic', { ...c.var.clinic, actor: visitor.actor })
  c.set('countedBy', `account:${visitor.accountId}`)
  return next()
}

/** What hono/csrf leaves: bodies that no form can send, which a script of another site might. */
export const refuseOtherOrigins: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header('Origin')
  if (!isRead(c) && origin && origin !== new URL(c.req.url).origin) throw new HTTPException(403)
  return next()
}

/** Leads whoever has not given a name and accepted the terms to where they do, and back afterwards. */
export const requireComplete: MiddlewareHandler<AppEnv> = async (c, next) => {
  // The pages of signing in send them on, and know where to.
  const mayPass = [paths.welcome(), paths.signOut(), paths.signIn(), paths.signInCode()].includes(c.req.path)
  if (!c.var.visitor || c.var.visitor.isComplete || mayPass) return next()
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(paths.welcome(c.req.method === 'GET' ? pathname + search : undefined), 303)
}
