import type { PasskeyRefusal } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { PasskeyForm } from './passkey-form.tsx'

interface ConfirmPageProps {
  frame: Frame
  returnTo: string
  refusal?: PasskeyRefusal | undefined
}

/** Asks a person who signed in with a code for their passkey. */
export function ConfirmPage({ frame, returnTo, refusal }: ConfirmPageProps) {
  const { copy, phone } = frame
  const words = copy.passkeys
  return (
    <Layout frame={frame} title={words.confirmTitle}>
      <section class="card narrow">
        <h1>{words.confirmTitle}</h1>
        {refusal && <Refusal title={words.notUsed} reason={words.refused[refusal]} />}
        <p>{words.confirmIntro}</p>
        <PasskeyForm copy={copy} ceremony="get" label={words.use} returnTo={returnTo} />
        <p class="no-passkeys">{words.notInThisBrowser}</p>
        <p class="hint">
          {words.lost} <PhoneLink phone={phone} />
        </p>
      </section>
    </Layout>
  )
}
