import * as z from 'zod'
import { fault } from '../clinic/shapes.ts'

/** Where a page ended, as clients carry it to the next: opaque to them, and read with care by us. */
export function writeCursor(key: unknown): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(key))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** A cursor that holds what the shape says; anything else is `not_a_cursor`. */
export function cursorOf<T>(shape: z.ZodType<T>) {
  const error = fault('not_a_cursor')
  return z
    .string({ error })
    .max(1000, { error })
    .transform((written, context): T => {
      const read = shape.safeParse(decode(written))
      if (read.success) return read.data
      context.addIssue({ code: 'custom', message: 'not_a_cursor' })
      return z.NEVER
    })
}

function decode(written: string): unknown {
  try {
    const bytes = atob(written.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0))))
  } catch {
    return undefined
  }
}

/** RFC 8288: the address of the next page, which is this one's with another cursor. */
export function linkToNext(url: string, key: unknown): string {
  const next = new URL(url)
  next.searchParams.set('cursor', writeCursor(key))
  return `<${next.pathname}${next.search}>; rel="next"`
}
