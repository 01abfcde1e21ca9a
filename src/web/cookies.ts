import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Visitor } from '../clinic/accounts/find-actor.ts'
import { isStaff } from '../clinic/accounts/guard.ts'
import { type Challenge, challengeMinutes } from '../clinic/accounts/passkeys/ceremony.ts'
import { codeMinutes } from '../clinic/accounts/send-sign-in-code.ts'
import { sessionDays, staffSessionDays } from '../clinic/accounts/sign-in.ts'
import type { AppEnv } from '../http/app-env.ts'
import type { BlockValues } from './desk/blocks/values.ts'

type AppContext = Context<AppEnv>

const minute = 60
const day = 24 * 60 * minute

/** How long pages trust the visitor cookie, in seconds. Writes never do. */
const visitorLasts = 5 * minute

// The prefix binds a cookie to this host over TLS. The signature covers only the value, so the value begins with the
// cookie's name: it is invalid in any other cookie.
async function writeCookie(c: AppContext, name: string, value: string, maxAge: number): Promise<void> {
  const options = {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge,
  } as const
  const named = `${name}:${value}`
  setCookie(c, name, `${named}.${toBase64(await c.var.clinic.secrets.sign(named))}`, options)
}

async function readCookie(c: AppContext, name: string): Promise<string | null> {
  const [, named, signature = ''] = /^(.*)\.([\w+/]{43}=)$/s.exec(getCookie(c, name, 'host') ?? '') ?? []
  if (!named?.startsWith(`${name}:`)) return null
  const isOurs = await c.var.clinic.secrets.verify(named, toBase64Url(signature))
  return isOurs ? named.slice(name.length + 1) : null
}

// Cookies are signed as hono/cookie signs them: browsers still have those of earlier releases.
const toBase64 = (signature: string) => `${signature.replaceAll('-', '+').replaceAll('_', '/')}=`
const toBase64Url = (signature: string) =>
  signature.replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, '')

function clearCookie(c: AppContext, name: string): void {
  deleteCookie(c, name, { prefix: 'host', path: '/', secure: true })
}

export const sessionCookie = {
  write(c: AppContext, token: string, { actor }: Visitor) {
    return writeCookie(c, 'session', token, (isStaff(actor) ? staffSessionDays : sessionDays) * day)
  },
  read: (c: AppContext) => readCookie(c, 'session'),
  clear(c: AppContext) {
    clearCookie(c, 'session')
    clearCookie(c, 'visitor')
  },
}

/** Caches the visitor of a session token; invalid with any other token. */
export const visitorCookie = {
  write(c: AppContext, token: string, visitor: Visitor) {
    const now = c.var.clinic.now.getTime()
    const until = Math.min(now + visitorLasts * 1000, visitor.endsAt ?? Number.POSITIVE_INFINITY)
    return writeCookie(c, 'visitor', encode({ token, until, visitor }), Math.ceil((until - now) / 1000))
  },
  async read(c: AppContext, token: string): Promise<Visitor | null> {
    const value = await readCookie(c, 'visitor')
    if (!value) return null
    const decoded = decode<{ token: string; until: number; visitor: Visitor }>(value)
    return decoded?.token === token && decoded.until > c.var.clinic.now.getTime() ? decoded.visitor : null
  },
  clear: (c: AppContext) => clearCookie(c, 'visitor'),
}

/** How long a browser keeps its name, in seconds; renewed by each hold. */
const browserLasts = day

/** What a browser keeps for one person: the one who was signed in then, or has signed in since. */
interface Owned {
  /** The account; null before anyone has signed in. */
  owner: number | null
}

/** Whether the visitor may see it. What someone held without signing in is for anyone who uses the browser. */
const isTheirs = (c: AppContext, { owner }: Owned) => owner === null || owner === c.var.visitor?.accountId

const visitorIn = (c: AppContext) => c.var.visitor?.accountId ?? null

/** A random name that ties holds to a browser, signed in or not. */
export const browserCookie = {
  write: (c: AppContext, name: string, owner = visitorIn(c)) =>
    writeCookie(c, 'browser', owner === null ? name : `${name}.${owner}`, browserLasts),
  async read(c: AppContext): Promise<string | null> {
    const [name, owner] = (await readCookie(c, 'browser'))?.split('.') ?? []
    return name && isTheirs(c, { owner: owner ? Number(owner) : null }) ? name : null
  },
  /** After a sign-in: leaves the new visitor what was theirs, or belonged to no account. */
  async handOver(c: AppContext, owner: number) {
    const [name, before] = (await readCookie(c, 'browser'))?.split('.') ?? []
    if (!name) return
    if (before && Number(before) !== owner) clearCookie(c, 'browser')
    else await browserCookie.write(c, name, owner)
  },
  clear: (c: AppContext) => clearCookie(c, 'browser'),
}

/** The slot that the browser holds, so that pages can show it without a trip. */
export interface Holding {
  id: number
  /** When the hold ends, in milliseconds since 1970. */
  until: number
  startLocal: string
  /** Of the hour that comes twice, which of the two: `UTC+1`. */
  offset?: string | undefined
  doctor: string
}

export const holdingCookie = {
  write: (c: AppContext, holding: Holding, owner = visitorIn(c)) =>
    writeCookie(
      c,
      'holding',
      encode({ ...holding, owner }),
      Math.ceil((holding.until - c.var.clinic.now.getTime()) / 1000),
    ),
  async read(c: AppContext): Promise<Holding | null> {
    const holding = await readHolding(c)
    return holding && isTheirs(c, holding) ? holding : null
  },
  /** After a sign-in: leaves the new visitor what was theirs, or belonged to no account. */
  async handOver(c: AppContext, owner: number) {
    const holding = await readHolding(c)
    if (!holding) return
    if (holding.owner !== null && holding.owner !== owner) clearCookie(c, 'holding')
    else await holdingCookie.write(c, holding, owner)
  },
  clear: (c: AppContext) => clearCookie(c, 'holding'),
}

/** The previous release named no owner. */
async function readHolding(c: AppContext): Promise<(Holding & Owned) | null> {
  const value = await readCookie(c, 'holding')
  const decoded = value ? decode<Holding & Partial<Owned>>(value) : null
  return decoded && decoded.until > c.var.clinic.now.getTime() ? { owner: null, ...decoded } : null
}

/** A sign-in in progress: where the code was sent, which browser asked for it, and where to return to. */
export interface SigningIn {
  email: string
  /** The browser's random name; the code is invalid without it. */
  browser: string
  returnTo: string
  /** Whether the newest mail has a long code that works in any browser. */
  isOpen: boolean
}

export const signingInCookie = {
  write: (c: AppContext, signingIn: SigningIn) =>
    writeCookie(c, 'signing-in', encode(signingIn), codeMinutes * minute),
  async read(c: AppContext): Promise<SigningIn | null> {
    const value = await readCookie(c, 'signing-in')
    const decoded = value ? decode<SigningIn>(value) : null
    // The previous release did not name the browser.
    return decoded?.browser ? { ...decoded, isOpen: decoded.isOpen ?? false } : null
  },
  clear: (c: AppContext) => clearCookie(c, 'signing-in'),
}

/** The challenge of a passkey that is being made or used; it works once, whether the cookie is cleared or not. */
export const passkeyChallengeCookie = {
  write: (c: AppContext, challenge: Challenge) =>
    writeCookie(c, 'passkey-challenge', encode(challenge), challengeMinutes * minute),
  async read(c: AppContext): Promise<Challenge | null> {
    const value = await readCookie(c, 'passkey-challenge')
    return value ? decode<Challenge>(value) : null
  },
  clear: (c: AppContext) => clearCookie(c, 'passkey-challenge'),
}

/** What the front desk removed a moment ago, as the form that enters it again writes it. */
export const removedBlockCookie = {
  write: (c: AppContext, values: BlockValues) => writeCookie(c, 'removed-block', encode(values), 10 * minute),
  async read(c: AppContext): Promise<BlockValues | null> {
    const value = await readCookie(c, 'removed-block')
    return value ? decode<BlockValues>(value) : null
  },
  clear: (c: AppContext) => clearCookie(c, 'removed-block'),
}

/** How long a browser is known to have signed in, in seconds: longer than a session, which may end first. */
const knownLasts = 180 * day

const addressText = (email: string) => `has signed in: ${email}`

/** Marks a browser that has signed in. It holds a keyed hash of the address; signing out clears it. */
export const knownBrowserCookie = {
  write: async (c: AppContext, { browser, email }: Pick<SigningIn, 'browser' | 'email'>) =>
    writeCookie(c, 'known', `${browser}.${await c.var.clinic.secrets.sign(addressText(email))}`, knownLasts),
  /** The browser’s name, and whether it has signed in to this address. */
  async read(c: AppContext, email: string): Promise<{ browser: string; isKnown: boolean } | null> {
    const [browser, address = ''] = (await readCookie(c, 'known'))?.split('.') ?? []
    if (!browser) return null
    return { browser, isKnown: await c.var.clinic.secrets.verify(addressText(email), address) }
  },
  clear: (c: AppContext) => clearCookie(c, 'known'),
}

function encode(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value))
}

function decode<T>(value: string): T | null {
  try {
    return JSON.parse(decodeURIComponent(value)) as T
  } catch {
    return null
  }
}
