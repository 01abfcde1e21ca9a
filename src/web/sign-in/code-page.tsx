import type { SignInRefusal } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

interface CodePageProps {
  frame: Frame
  email: string
  returnTo: string
  refusal?: SignInRefusal | undefined
}

export function CodePage({ frame, email, returnTo, refusal }: CodePageProps) {
  const { copy } = frame
  const words = copy.signIn
  return (
    <Layout frame={frame} title={words.codeTitle}>
      <form class="card narrow" method="post" action={paths.signInCode()}>
        <h1>{words.codeTitle}</h1>
        <p>
          {words.codeSentTo} <strong>{email}</strong>.
        </p>
        <TextField
          name="code"
          label={words.code}
          hint={words.codeHint}
          value=""
          autocomplete="one-time-code"
          inputmode="numeric"
          problem={refusal && words.refused[refusal]}
        />
        <button type="submit">{words.submit}</button>
        <a class="more" href={paths.signIn(returnTo)}>
          {words.otherAddress}
        </a>
      </form>
    </Layout>
  )
}
