import type { Context } from 'hono'
import * as z from 'zod'
import { writtenNumber } from '../clinic/shapes.ts'
import { toBase64Url } from '../clinic/sign.ts'
import type { AppEnv } from './app-env.ts'

/** The `cursor` parameter of a list: opaque to clients, and signed for the one path that gave it out. */
const cursor = z
  .string({ error: () => 'not_a_cursor' })
  .regex(/^[\w-]{1,900}\.[\w-]{43}$/, { error: () => 'not_a_cursor' })
  .optional()

/** The parameters of a list that comes in pages. @param usual how many a page has at most, unless the caller says. */
export const paging = (usual: number) => ({ limit: writtenNumber(1, 100).default(usual), cursor })

/** A cursor that this path did not give out. */
export class UnknownCursor extends Error {}

/** The key of the last row on the previous page; undefined on the first page. @throws UnknownCursor. */
export async function readCursor<T>(
  c: Context<AppEnv>,
  written: string | undefined,
  shape: z.ZodType<T>,
): Promise<T | undefined> {
  if (written === undefined) return undefined
  const [payload = '', signature = ''] = written.split('.')
  const isOurs = await c.var.clinic.secrets.verify(signedText(c, payload), signature)
  if (!isOurs) throw new UnknownCursor()
  const read = shape.safeParse(parse(payload))
  if (!read.success) throw new UnknownCursor()
  return read.data
}

/** Sends a `Link` to the next page (RFC 8288): the same address with another cursor. @param key of the last row. */
export async function linkToNext(c: Context<AppEnv>, key: unknown): Promise<void> {
  const payload = toBase64Url(new TextEncoder().encode(JSON.stringify(key)))
  const next = new URL(c.req.url)
  next.searchParams.set('cursor', `${payload}.${await c.var.clinic.secrets.sign(signedText(c, payload))}`)
  c.header('Link', `<${next.pathname}${next.search}>; rel="next"`)
}

const signedText = (c: Context<AppEnv>, payload: string) => `cursor of ${c.req.path}: ${payload}`

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
