import type { Fault, PasskeyRefusal, SignInRefusal } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { PasskeyForm } from '../passkeys/passkey-form.tsx'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { ChallengeField } from './challenge.tsx'

export interface Refused {
  refusal: SignInRefusal
  /** For the challenge that the page then shows. */
  siteKey: string | null
}

interface SignInPageProps extends Partial<Refused> {
  frame: Frame
  email: string
  returnTo: string
  fault?: Fault | undefined
  /** Why a passkey did not sign in. */
  passkeyRefusal?: PasskeyRefusal | undefined
  /** Whether the visitor was signed in until now. */
  sessionHasEnded?: boolean
}

export function SignInPage(props: SignInPageProps) {
  const { frame, email, returnTo, fault, refusal, siteKey, passkeyRefusal, sessionHasEnded } = props
  const { copy } = frame
  const words = copy.signIn
  const problem = fault ? copy.faults[fault] : refusal && words.refused[refusal]
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card narrow">
        <h1>{words.title}</h1>
        {passkeyRefusal && (
          <Refusal title={copy.passkeys.notUsed} reason={copy.passkeys.refused[passkeyRefusal]} />
        )}
        <p>{sessionHasEnded ? words.sessionHasEnded : words.intro}</p>
        <form method="post" action={paths.signIn()}>
          <TextField
            name="email"
            type="email"
            label={words.email}
            value={email}
            autocomplete="email"
            problem={problem}
          />
          {siteKey && <ChallengeField copy={copy} siteKey={siteKey} />}
          <input type="hidden" name="return_to" value={returnTo} />
          <button type="submit">{words.sendCode}</button>
        </form>
        <PasskeyForm copy={copy} ceremony="get" label={copy.passkeys.signIn} returnTo={returnTo} isQuiet />
      </section>
    </Layout>
  )
}
