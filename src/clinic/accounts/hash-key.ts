import { createHash } from 'node:crypto'

/**
 * SHA-256 in hexadecimal: enough for a key of 256 random bits, which no one can guess back; and for telling one request
 * from another, which is kept for a day.
 */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
