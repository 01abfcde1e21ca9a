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
