import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Visitor } from '../clinic/accounts/find-actor.ts'
import { codeMinutes } from '../clinic/accounts/send-sign-in-code.ts'
import { sessionDays } from '../clinic/accounts/sign-in.ts'
import { sign } from '../clinic/sign.ts'
import type { AppEnv } from '../http/app-env.ts'

type AppContext = Context<AppEnv>

const minute = 60
const day = 24 * 60 * minute

/** How long a page believes who is signed in without asking, in seconds. Writes never do. */
const visitorLasts = 5 * minute

// Bound to this host over TLS by the prefix. The signature covers only the value, so the value begins with the
// cookie's own name: what was signed for one cookie is worth nothing in another.
async function put(c: AppContext, name: string, value: string, maxAge: number): Promise<void> {
  const options = {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge,
  } as const
  await setSignedCookie(c, name, `${name}:${value}`, c.var.clinic.authSecret, options)
}

async function take(c: AppContext, name: string): Promise<string | null> {
  const value = await getSignedCookie(c, c.var.clinic.authSecret, name, 'host')
  if (!value) return null
  return value.startsWith(`${name}:`) ? value.slice(name.length + 1) : null
}

function drop(c: AppContext, name: string): void {
  deleteCookie(c, name, { prefix: 'host', path: '/', secure: true })
}

export const sessionCookie = {
  put: (c: AppContext, token: string) => put(c, 'session', token, sessionDays * day),
  take: (c: AppContext) => take(c, 'session'),
  drop(c: AppContext) {
    drop(c, 'session')
    drop(c, 'visitor')
  },
}

/** Who the session's token was found to be, for a while; worth nothing beside another token. */
export const visitorCookie = {
  put(c: AppContext, token: string, visitor: Visitor) {
    const until = c.var.clinic.now.getTime() + visitorLasts * 1000
    return put(c, 'visitor', encode({ token, until, visitor }), visitorLasts)
  },
  async take(c: AppContext, token: string): Promise<Visitor | null> {
    const written = await take(c, 'visitor')
    if (!written) return null
    const read = decode<{ token: string; until: number; visitor: Visitor }>(written)
    return read?.token === token && read.until > c.var.clinic.now.getTime() ? read.visitor : null
  },
  drop: (c: AppContext) => drop(c, 'visitor'),
}

/** What is remembered of the visitor here is looked up anew: it has just changed. */
export async function forgetVisitor(c: AppContext): Promise<void> {
  const token = await sessionCookie.take(c)
  if (token) c.var.visitors.forget(token)
  visitorCookie.drop(c)
}

/** How long a browser is known by its name, in seconds; renewed whenever it holds something. */
const browserLasts = day

/** A random name for a browser, signed in or not, by which it finds what it holds again. */
export const browserCookie = {
  put: (c: AppContext, name: string) => put(c, 'browser', name, browserLasts),
  take: (c: AppContext) => take(c, 'browser'),
}

/** What the browser holds, so that every page can say so without asking. */
export interface Holding {
  id: number
  /** From then on it is not held any more, in milliseconds since 1970. */
  until: number
  startLocal: string
  doctor: string
}

export const holdingCookie = {
  put: (c: AppContext, holding: Holding) =>
    put(c, 'holding', encode(holding), Math.ceil((holding.until - c.var.clinic.now.getTime()) / 1000)),
  async take(c: AppContext): Promise<Holding | null> {
    const written = await take(c, 'holding')
    const read = written ? decode<Holding>(written) : null
    return read && read.until > c.var.clinic.now.getTime() ? read : null
  },
  drop: (c: AppContext) => drop(c, 'holding'),
}

/** Where a code was sent, which browser asked for it, and where to go once it is typed in. */
export interface SigningIn {
  email: string
  /** A random name, without which the code is worth nothing. */
  browser: string
  returnTo: string
}

export const signingInCookie = {
  put: (c: AppContext, signingIn: SigningIn) => put(c, 'signing-in', encode(signingIn), codeMinutes * minute),
  async take(c: AppContext): Promise<SigningIn | null> {
    const written = await take(c, 'signing-in')
    const read = written ? decode<SigningIn>(written) : null
    // The previous release did not name the browser.
    return read?.browser ? read : null
  },
  drop: (c: AppContext) => drop(c, 'signing-in'),
}

/** How long a browser is known to have signed in, in seconds: longer than a session, which may end first. */
const knownLasts = 180 * day

const addressIn = (c: AppContext, email: string) => sign(c.var.clinic.authSecret, `has signed in: ${email}`)

/** Marks a browser that has signed in. It holds a keyed hash of the address, not the address; signing out drops it. */
export const knownBrowserCookie = {
  put: async (c: AppContext, { browser, email }: Omit<SigningIn, 'returnTo'>) =>
    put(c, 'known', `${browser}.${await addressIn(c, email)}`, knownLasts),
  /** The browser's name, and whether this is the address. */
  async take(c: AppContext, email: string): Promise<{ browser: string; isKnown: boolean } | null> {
    const [browser, address] = (await take(c, 'known'))?.split('.') ?? []
    return browser ? { browser, isKnown: address === (await addressIn(c, email)) } : null
  },
  drop: (c: AppContext) => drop(c, 'known'),
}

function encode(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value))
}

function decode<T>(written: string): T | null {
  try {
    return JSON.parse(decodeURIComponent(written)) as T
  } catch {
    return null
  }
}
