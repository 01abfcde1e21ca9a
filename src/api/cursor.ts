import type { Context } from 'hono'
import * as z from 'zod'
import type { AppEnv } from '../door.ts'

/** What a client sends back as `cursor`: opaque to them, and signed by us for the one address that answered it. */
export const cursor = z
  .string({ error: () => 'not_a_cursor' })
  .regex(/^[\w-]{1,900}\.[\w-]{43}$/, { error: () => 'not_a_cursor' })
  .optional()

/** A cursor that this address did not answer. */
export class UnknownCursor extends Error {}

/** Where the page before ended; undefined on the first page. @throws UnknownCursor. */
export async function readCursor<T>(
  c: Context<AppEnv>,
  written: string | undefined,
  shape: z.ZodType<T>,
): Promise<T | undefined> {
  if (written === undefined) return undefined
  const [payload = '', signature = ''] = written.split('.')
  const isOurs = await crypto.subtle.verify('HMAC', await keyOf(c), decode(signature), textOf(c, payload))
  if (!isOurs) throw new UnknownCursor()
  const read = shape.safeParse(parse(payload))
  if (!read.success) throw new UnknownCursor()
  return read.data
}

/** RFC 8288: says that the next page is at this address with another cursor. */
export async function linkToNext(c: Context<AppEnv>, key: unknown): Promise<void> {
  const payload = encode(new TextEncoder().encode(JSON.stringify(key)))
  const signature = await crypto.subtle.sign('HMAC', await keyOf(c), textOf(c, payload))
  const next = new URL(c.req.url)
  next.searchParams.set('cursor', `${payload}.${encode(new Uint8Array(signature))}`)
  c.header('Link', `<${next.pathname}${next.search}>; rel="next"`)
}

const textOf = (c: Context, payload: string) =>
  new TextEncoder().encode(`cursor of ${c.req.path}: ${payload}`)

function keyOf(c: Context<AppEnv>): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(c.var.clinic.authSecret)
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

function encode(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function decode(written: string): Uint8Array<ArrayBuffer> {
  try {
    const bytes = atob(written.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(bytes, (char) => char.charCodeAt(0))
  } catch {
    throw new UnknownCursor()
  }
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decode(payload)))
  } catch {
    throw new UnknownCursor()
  }
}
