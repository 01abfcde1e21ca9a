const toBytes = (text: string) => new TextEncoder().encode(text)

/** Whether this is the HMAC of the text; Web Crypto compares in constant time. */
export async function isSignedWith(
  secret: Uint8Array<ArrayBuffer> | string,
  {
    hash,
    text,
    signature,
  }: { hash: 'SHA-1' | 'SHA-256'; text: string; signature: Uint8Array<ArrayBuffer> | null },
): Promise<boolean> {
  if (!signature) return false
  const bytes = typeof secret === 'string' ? toBytes(secret) : secret
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, signature, toBytes(text))
}

/** Null if it is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}

/** Null if it is none. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return null
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
