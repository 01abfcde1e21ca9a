import type * as z from 'zod'

/** Where a page of a list ended, as the address of the next page says it. */
export function writeKey(parts: (Date | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? part : part.toISOString())).join('_')
}

/** What `writeKey` wrote; undefined, which is the first page, for anything else. */
export function readKey<T>(written: string | undefined, shape: z.ZodType<T>): T | undefined {
  const parts = written?.split('_').map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : part))
  return shape.safeParse(parts).data
}

/** The same where a list is ordered by names, which may have any letters. */
export const writeListKey = (parts: (string | number)[]): string => JSON.stringify(parts)

/** What `writeListKey` wrote; undefined, which is the first page, for anything else. */
export function readListKey<T>(written: string | undefined, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(written ?? '')).data
  } catch {
    return undefined
  }
}
