import type { Context, MiddlewareHandler } from 'hono'
import { challengeAction, challengeField, challengeOrigin } from '../../channels/challenge.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { addressOf } from '../../http/source.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Written } from '../read-form.ts'

/** What a form with a challenge has shown: whether a person sent it, and whether asking again makes sense. */
interface Shown {
  passedChallenge: boolean
  /** For the widget; null when there is no challenge, or its provider does not answer. */
  siteKey: string | null
}

/** Asks the provider about the token that came with the form. Without a token the provider is not asked. */
export async function readChallenge(c: Context<AppEnv>, form: Written): Promise<Shown> {
  const { challenge } = c.var
  const token = form(challengeField)
  if (!challenge) return { passedChallenge: false, siteKey: null }
  const outcome = token ? await challenge.verify(token, addressOf(c)) : 'failed'
  return {
    passedChallenge: outcome === 'passed',
    siteKey: outcome === 'unanswered' ? null : challenge.siteKey,
  }
}

/** The page that shows the challenge may load it from Cloudflare; no other page may load anything from anywhere. */
export const allowChallenge: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const policy = c.res.headers.get('Content-Security-Policy')
  if (!c.var.showsChallenge || !policy) return
  const wider = policy.replace(/script-src [^;]*/, `$& ${challengeOrigin}; frame-src ${challengeOrigin}`)
  c.res.headers.set('Content-Security-Policy', wider)
}

export function ChallengeField({ copy, siteKey }: { copy: Copy; siteKey: string }) {
  const words = copy.signIn
  return (
    <div class="field">
      <div
        class="cf-turnstile"
        data-sitekey={siteKey}
        data-action={challengeAction}
        data-language={copy.language}
        data-size="flexible"
      />
      <noscript>
        <p class="problem">{words.challengeNeedsScript}</p>
      </noscript>
      <script src={`${challengeOrigin}/turnstile/v0/api.js`} async defer />
    </div>
  )
}
