import { randomInt } from 'node:crypto'
import type { SQL } from 'drizzle-orm'
import * as z from 'zod'
import { composite } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { closed, email } from '../shapes.ts'
import { hashKey } from './hash-key.ts'

/** The browser that asks for a code, or tries one. */
export const signInRequest = closed({
  email,
  /** The random name in the cookie of the browser. */
  browser: z.string(),
  /** Whether this browser has signed in to this address before, so that strangers cannot use up its codes. */
  isKnownBrowser: z.boolean(),
  /** Whether a challenge has just shown that a person asks. */
  passedChallenge: z.boolean(),
})

export type SignInRequest = z.infer<typeof signInRequest>

/** The browser of a code that works in every browser. */
export const anyBrowser = 'any'

/**
 * What is signed for a code, and kept as its hash: keyed, and different for each address and browser, as anyone who reads
 * the table could guess six bare digits.
 */
export function codeText({ email, browser, code }: { email: string; browser: string; code: string }): string {
  return `sign-in code of ${browser} for ${email}: ${code}`
}

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Letters and digits that do not look alike. */
const clear = 'ABCDEFGHJKLMNPQRTUVWXYZ2346789'

/** With 78 random bits: it works in every browser, so it must be impossible to guess. */
export function newOpenCode(): string {
  const group = () => Array.from({ length: 4 }, () => clear[randomInt(clear.length)]).join('')
  return Array.from({ length: 4 }, group).join('')
}

/** As people read it. */
export const inGroups = (openCode: string): string => openCode.replace(/.{4}(?=.)/g, '$&-')

/** The request as SQL, with the hashes of the codes that are sent or tried. */
export async function toRequest(
  ctx: Pick<ClinicContext, 'secrets' | 'source'>,
  { email, browser, isKnownBrowser, passedChallenge }: SignInRequest,
  hashes: { code?: string; openCode?: string } = {},
): Promise<SQL> {
  return composite('sign_in_request', {
    email,
    mailbox_hash: await ctx.secrets.sign(`mailbox: ${email}`),
    browser_hash: hashKey(browser),
    wider_hash: ctx.source?.widerHash,
    code_hash: hashes.code,
    open_code_hash: hashes.openCode,
    is_known_browser: isKnownBrowser,
    passed_challenge: passedChallenge,
  })
}
