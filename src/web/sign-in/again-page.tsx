import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'

interface SignInAgainPageProps {
  frame: Frame
  /** Where the account's codes go. */
  email: string
  returnTo: string
}

/** Asks a person who signed in a while ago to confirm that it is still them: with a code. */
export function SignInAgainPage({ frame, email, returnTo }: SignInAgainPageProps) {
  const { copy } = frame
  const words = copy.signInAgain
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card narrow">
        <h1>{words.title}</h1>
        <p>{words.intro}</p>
        <form method="post" action={paths.signIn()}>
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="return_to" value={returnTo} />
          <p class="hint">
            {words.codeGoesTo} <bdi>{email}</bdi>
          </p>
          <button type="submit">{copy.signIn.sendCode}</button>
        </form>
      </section>
    </Layout>
  )
}
