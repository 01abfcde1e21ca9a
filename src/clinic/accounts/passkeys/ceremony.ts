import * as z from 'zod'
import { fault } from '../../shapes.ts'
import { toBase64Url } from '../../sign.ts'
import { hashKey } from '../hash-key.ts'

/** Where passkeys are made and used; a passkey works on the site that made it and on no other. */
export interface Site {
  /** Such as `https://booking.example.com`. */
  origin: string
  /** The origin's host without its port: the relying party's ID. */
  host: string
}

/**
 * What an authenticator signs, in a signed cookie of the browser that asked. It works once: a passkey accepts it only if it
 * was made after the passkey's last use, and a new passkey is stored once.
 */
export interface Challenge {
  purpose: 'add' | 'sign_in'
  /** 256 random bits, in base64url. */
  value: string
  /** In milliseconds since 1970. */
  issuedAt: number
}

export const challengeMinutes = 5

export function newChallenge(purpose: Challenge['purpose'], now: Date): Challenge {
  return { purpose, value: toBase64Url(crypto.getRandomValues(new Uint8Array(32))), issuedAt: now.getTime() }
}

export function isUsable(challenge: Challenge | null, purpose: Challenge['purpose'], now: Date) {
  const age = challenge === null ? Number.NaN : now.getTime() - challenge.issuedAt
  return challenge?.purpose === purpose && age < challengeMinutes * 60_000
}

/** Ed25519, ECDSA with P-256, and RSA with SHA-256, as COSE numbers them: every authenticator has one of them. */
export const algorithms = [-8, -7, -257]

/** What authenticators know an account by, 32 bytes. It says nothing that its owner does not know. */
export const userHandleOf = (accountId: number) => hashKey(`alobooking account ${accountId}`)

export const base64Url = z.string().regex(/^[\w-]{1,10000}$/)

/** A field that holds the JSON of what the browser’s `navigator.credentials` answered. */
export function credentialOf<Response extends z.ZodType>(response: Response) {
  const credential = z.object({ id: base64Url, rawId: base64Url, type: z.literal('public-key'), response })
  return z
    .string({ error: fault('missing') })
    .transform((text, issues) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        issues.addIssue('not_expected')
        return z.NEVER
      }
    })
    .pipe(credential.transform((read) => ({ ...read, clientExtensionResults: {} })))
}
