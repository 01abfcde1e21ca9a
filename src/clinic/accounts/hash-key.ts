/**
 * SHA-256 in hexadecimal: enough for a key of 256 random bits, which nobody can guess back; and for telling one request
 * from another, which is kept for a day.
 */
export async function hashKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
