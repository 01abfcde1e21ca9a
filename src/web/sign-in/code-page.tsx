import type { SignInRefusal } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

interface CodePageProps {
  copy: Copy
  email: string
  returnTo: string
  refusal?: SignInRefusal | undefined
}

export function CodePage({ copy, email, returnTo, refusal }: CodePageProps) {
  const words = copy.signIn
  return (
    <Layout copy={copy} title={words.codeTitle}>
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
