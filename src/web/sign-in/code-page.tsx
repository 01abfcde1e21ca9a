import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { ChallengeField } from './challenge.tsx'
import type { Refused } from './sign-in-page.tsx'

interface CodePageProps extends Partial<Refused> {
  frame: Frame
  email: string
  returnTo: string
  /** The newest mail has a long code that works in any browser. */
  isOpen: boolean
}

export function CodePage({ frame, email, returnTo, isOpen, refusal, siteKey }: CodePageProps) {
  const { copy } = frame
  const words = copy.signIn
  return (
    <Layout frame={frame} title={words.codeTitle}>
      <form class="card narrow" method="post" action={paths.signInCode()}>
        <h1>{words.codeTitle}</h1>
        <p>
          {isOpen ? words.openCodeSentTo : words.codeSentTo} <strong>{email}</strong>.
        </p>
        <TextField
          name="code"
          label={words.code}
          hint={isOpen ? words.openCodeHint : words.codeHint}
          value=""
          autocomplete="one-time-code"
          inputmode={isOpen ? 'text' : 'numeric'}
          problem={refusal && words.refused[refusal]}
        />
        {siteKey && <ChallengeField copy={copy} siteKey={siteKey} />}
        <button type="submit">{words.submit}</button>
        <a class="more" href={paths.signIn(returnTo)}>
          {words.otherAddress}
        </a>
      </form>
    </Layout>
  )
}
