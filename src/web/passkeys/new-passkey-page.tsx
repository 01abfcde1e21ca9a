import type { PasskeyRefusal } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { PasskeyForm } from './passkey-form.tsx'

interface NewPasskeyPageProps {
  frame: Frame
  returnTo: string
  /** Whether nothing else can be done first. */
  isRequired: boolean
  refusal?: PasskeyRefusal | undefined
}

export function NewPasskeyPage({ frame, returnTo, isRequired, refusal }: NewPasskeyPageProps) {
  const { copy } = frame
  const words = copy.passkeys
  return (
    <Layout frame={frame} title={words.newTitle}>
      <section class="card narrow">
        <h1>{words.newTitle}</h1>
        {refusal && <Refusal title={words.notAdded} reason={words.refused[refusal]} />}
        <p>{words.intro}</p>
        {isRequired && <p>{words.required}</p>}
        <PasskeyForm copy={copy} ceremony="create" label={words.create} returnTo={returnTo} />
        <p class="no-passkeys">{words.notInThisBrowser}</p>
        {isRequired || (
          <a class="more" href={returnTo || paths.passkeys()}>
            {words.notNow}
          </a>
        )}
      </section>
    </Layout>
  )
}
