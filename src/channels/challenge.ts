import type { Settings } from '../env.ts'

/** Tells people from programs, when too many ask at once. */
export interface Challenge {
  /** What the widget on the page needs. */
  siteKey: string
  /**
   * Whether a person has just passed the challenge. `unanswered` when the provider does not answer within two seconds;
   * the caller then goes on as if there were no challenge, within the strict limits.
   */
  verify(token: string, address: string): Promise<'passed' | 'failed' | 'unanswered'>
}

/** The widget's action, so that a token of another form is worth nothing here. */
export const challengeAction = 'sign-in'

/** The field in which Turnstile's widget sends its token with the form around it. */
export const challengeField = 'cf-turnstile-response'

export const challengeOrigin = 'https://challenges.cloudflare.com'

/** How long a visitor waits for the provider, in milliseconds. */
const patience = 2_000

interface TurnstileOptions {
  siteKey: string
  secretKey: string
  /** For the stand-in of the tests, which speaks the same protocol. */
  origin?: string | undefined
  /** Told why the provider gave no answer. */
  onSilence: (reason: string) => void
}

/** Cloudflare Turnstile: https://developers.cloudflare.com/turnstile/get-started/server-side-validation/ */
function turnstile({ siteKey, secretKey, origin, onSilence }: TurnstileOptions): Challenge {
  return {
    siteKey,
    async verify(token, address) {
      try {
        const response = await fetch(`${origin ?? challengeOrigin}/turnstile/v0/siteverify`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ secret: secretKey, response: token, remoteip: address }),
          signal: AbortSignal.timeout(patience),
        })
        const outcome = (await response.json()) as Outcome
        const ours = outcome['error-codes']?.find((code) => !blamesTheToken.includes(code))
        if (ours) onSilence(ours)
        if (outcome.success) return outcome.action === challengeAction ? 'passed' : 'failed'
        return ours ? 'unanswered' : 'failed'
      } catch (error) {
        onSilence((error as Error).name)
        return 'unanswered'
      }
    },
  }
}

interface Outcome {
  success: boolean
  action?: string
  'error-codes'?: string[]
}

/** Every other code is our fault or Cloudflare's, such as a wrong secret. */
const blamesTheToken = ['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']

/** Null when the clinic has no keys for it. */
export function challengeOf(
  { TURNSTILE_SITE_KEY, TURNSTILE_SECRET_KEY, TURNSTILE_URL }: Settings,
  onSilence: (reason: string) => void,
): Challenge | null {
  if (!TURNSTILE_SITE_KEY || !TURNSTILE_SECRET_KEY) return null
  return turnstile({
    siteKey: TURNSTILE_SITE_KEY,
    secretKey: TURNSTILE_SECRET_KEY,
    origin: TURNSTILE_URL,
    onSilence,
  })
}
