import { toBase64Url } from '../sign.ts'
import { hashKey } from './hash-key.ts'

/** What is signed for a code, and kept as its hash: keyed, because anyone could try all numbers of eight digits. */
export const invitationCodeText = (code: string): string => `invitation code: ${code}`

/** What a code is made from. The same request again must answer the same code, which is kept nowhere. */
export const newCodeSalt = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(16)))

/** Eight digits, so that no one takes it for the six of a sign-in code. @param signed the signature of `codeSaltText`. */
export function invitationCodeFrom(signed: string): string {
  const number = Number.parseInt(hashKey(signed).slice(0, 12), 16)
  return String(number % 100_000_000).padStart(8, '0')
}

export const codeSaltText = (salt: string): string => `invitation code from ${salt}`

/** As people read it aloud: `1234 5678`. */
export const inTwoGroups = (code: string): string => code.replace(/^(.{4})/, '$1 ')
