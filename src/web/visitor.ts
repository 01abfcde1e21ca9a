import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { EndedSessions } from '../clinic/accounts/end-sessions.ts'
import type { Visitor } from '../clinic/accounts/find-actor.ts'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import type { AppEnv } from '../http/app-env.ts'
import { isRead, limit } from '../http/rate-limits.ts'
import {
  browserCookie,
  holdingCookie,
  knownBrowserCookie,
  passkeyChallengeCookie,
  sessionCookie,
  signingInCookie,
  visitorCookie,
} from './cookies.ts'
import { message } from './errors.tsx'
import { paths } from './paths.ts'

type AppContext = Context<AppEnv>

const limitLookUps = limit('READ_LIMIT', (c) => message(c, 'tooMany', 429))

/**
 * Recognises the signed-in visitor. Reads trust the visitor cookie, which saves a trip; writes use the session itself,
 * looked up at most a minute ago. A session that this isolate has not seen lately is looked up within the rate limit of
 * its address.
 */
export const readVisitor: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('visitor', null)
  const token = await sessionCookie.read(c)
  if (!token) return next()
  const { clinic, visitors } = c.var
  const sessionHash = hashKey(token)
  const trusted =
    isRead(c) && !visitors.hasEnded(sessionHash, clinic.now) && (await visitorCookie.read(c, token))
  const limited =
    trusted || visitors.isKnown(sessionHash, clinic.now) ? null : await limitLookUps(c, async () => {})
  if (limited) return limited
  const visitor = trusted || (await visitors.get(sessionHash, clinic.now))
  if (!visitor) {
    c.set('sessionHasEnded', true)
    sessionCookie.clear(c)
    holdingCookie.clear(c)
    return next()
  }
  if (isRead(c) && !trusted) await visitorCookie.write(c, token, visitor)
  c.set('visitor', visitor)
  c.set('clinic', { ...clinic, actor: visitor.actor, sessionHash })
  c.set('countedBy', { key: `account:${visitor.accountId}`, wider: null })
  return next()
}

/** Signs the visitor in to this browser. What they held before stays theirs; what another person held is not shown. */
export async function openSession(c: AppContext, token: string, visitor: Visitor): Promise<void> {
  signingInCookie.clear(c)
  await sessionCookie.write(c, token, visitor)
  await visitorCookie.write(c, token, visitor)
  await holdingCookie.handOver(c, visitor.accountId)
  await browserCookie.handOver(c, visitor.accountId)
}

/** Leaves nothing about the person in this browser. */
export function closeSession(c: AppContext): void {
  for (const cookie of [
    passkeyChallengeCookie,
    sessionCookie,
    knownBrowserCookie,
    holdingCookie,
    browserCookie,
    signingInCookie,
  ])
    cookie.clear(c)
  c.header('Clear-Site-Data', '"cache", "storage"')
}

/** Believes these sessions no longer, whatever the cookies of their browsers say. */
export function forgetSessions(c: AppContext, ended: EndedSessions): void {
  for (const hash of ended) c.var.visitors.end(hash, c.var.clinic.now)
}

/** Looks the visitor up again after a change. */
export async function forgetVisitor(c: AppContext): Promise<void> {
  const { sessionHash } = c.var.clinic
  if (sessionHash) c.var.visitors.forget(sessionHash)
  visitorCookie.clear(c)
}

/**
 * Covers what hono/csrf does not: bodies that only a script can send. Browsers with strict privacy settings send `null` as
 * the origin of our own forms; `Sec-Fetch-Site`, which no page can forge, tells them from the frames of others.
 */
export const refuseOtherOrigins: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header('Origin')
  const isOurs =
    !origin ||
    origin === new URL(c.req.url).origin ||
    (origin === 'null' && c.req.header('Sec-Fetch-Site') === 'same-origin')
  if (!isRead(c) && !isOurs) throw new HTTPException(403)
  return next()
}

/** Signed-in visitors may sign in with a passkey or a link as well. */
const signingInAgain = [paths.signInPasskey(), paths.signInPasskeyChallenge(), paths.signInLink()]

/** Where a visitor may go who has yet to set up a passkey. */
const settingUp = [paths.newPasskey(), paths.passkeys(), paths.passkeyChallenge()]

/** Leads visitors whose session lacks its second factor to their passkey, or to setting one up, and back afterwards. */
export const requireSecondFactor: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { visitor } = c.var
  if (!visitor?.isComplete || visitor.secondFactor === 'met') return next()
  const isSettingUp = visitor.secondFactor === 'set_up'
  const mayPass = [paths.signOut(), ...signingInAgain, ...(isSettingUp ? settingUp : [])]
  if (mayPass.includes(c.req.path)) return next()
  const { pathname, search } = new URL(c.req.url)
  const here = c.req.method === 'GET' ? pathname + search : undefined
  return c.redirect(isSettingUp ? paths.newPasskey(here) : paths.signInPasskey(here), 303)
}

/** Leads visitors without a name and accepted terms to the welcome page, and back afterwards. */
export const requireComplete: MiddlewareHandler<AppEnv> = async (c, next) => {
  // The sign-in pages redirect on their own, and know where to.
  const others = [paths.welcome(), paths.signOut(), paths.signIn(), paths.signInCode(), ...signingInAgain]
  const mayPass = others.includes(c.req.path)
  if (!c.var.visitor || c.var.visitor.isComplete || mayPass) return next()
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(paths.welcome(c.req.method === 'GET' ? pathname + search : undefined), 303)
}
