/**
 * Signs and verifies with the clinic's secret. While the secret is being changed there are two: the current one signs,
 * and both verify, so that nothing already given out stops working.
 *
 * Start each text with its purpose: a signature made for one purpose must not be valid for another.
 */
export interface Secrets {
  /** HMAC-SHA-256 in base64url, 43 characters. */
  sign(text: string): Promise<string>
  /** Whether one of our secrets signed this text; compares in constant time. */
  verify(text: string, signature: string): Promise<boolean>
  /** The signatures that count as ours, the current one first; for comparing with what the database keeps. */
  signWithEach(text: string): Promise<[string, ...string[]]>
}

export function secretsOf(current: string, previous?: string): Secrets {
  const signNow = signerOf(current)
  const signBefore = previous === undefined ? [] : [signerOf(previous)]
  const signWithEach = async (text: string): Promise<[string, ...string[]]> => [
    await signNow(text),
    ...(await Promise.all(signBefore.map((sign) => sign(text)))),
  ]
  return {
    sign: signNow,
    signWithEach,
    async verify(text, signature) {
      const ours = await signWithEach(text)
      return ours.filter((own) => isSame(own, signature)).length > 0
    },
  }
}

const hmac = { name: 'HMAC', hash: 'SHA-256' }

function signerOf(secret: string) {
  let known: CryptoKey | undefined
  return async (text: string): Promise<string> => {
    known ??= await crypto.subtle.importKey('raw', toBytes(secret), hmac, false, ['sign'])
    return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', known, toBytes(text))))
  }
}

/** Takes as long wherever the first difference is. */
function isSame(own: string, other: string): boolean {
  if (own.length !== other.length) return false
  let difference = 0
  for (let n = 0; n < own.length; n++) difference |= own.charCodeAt(n) ^ other.charCodeAt(n)
  return difference === 0
}

/** RFC 4648, section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const toBytes = (text: string) => new TextEncoder().encode(text)
