import type { Fault, SignInRefusal } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface NewEmailPageProps {
  frame: Frame
  email: string
  fault?: Fault | undefined
  refusal?: 'too_many_codes'
}

/** Asks for the new address. */
export function NewEmailPage({ frame, email, fault, refusal }: NewEmailPageProps) {
  const { copy } = frame
  const words = copy.emailChange
  const problem = fault === 'already_there' ? words.sameAddress : fault && copy.faults[fault]
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.newEmail()}>
        <h1>{words.title}</h1>
        {refusal && <Refusal title={words.notSent} reason={words.tooMany} />}
        <p>{words.intro}</p>
        <TextField
          name="email"
          label={words.newAddress}
          type="email"
          value={email}
          autocomplete="email"
          problem={problem}
        />
        <button type="submit">{words.send}</button>
        <a class="more" href={paths.account()}>
          {words.back}
        </a>
        <p class="hint">
          {words.lostMailbox} <PhoneLink phone={frame.phone} />
        </p>
      </form>
    </Layout>
  )
}

interface EmailCodesPageProps {
  frame: Frame
  newEmail: string
  refusal?: SignInRefusal
}

/** Asks for the codes that were sent to both addresses. */
export function EmailCodesPage({ frame, newEmail, refusal }: EmailCodesPageProps) {
  const { copy } = frame
  const words = copy.emailChange
  const code = (name: string, label: string) => (
    <TextField name={name} label={label} value="" autocomplete="off" inputmode="numeric" />
  )
  return (
    <Layout frame={frame} title={words.codesTitle}>
      <form class="card narrow" method="post" action={paths.newEmailCodes()}>
        <h1>{words.codesTitle}</h1>
        {refusal && <Refusal title={words.notChanged} reason={copy.signIn.refused[refusal]} />}
        <p>{words.codesIntro}</p>
        <p>
          <b>
            <bdi>{newEmail}</bdi>
          </b>
        </p>
        {code('old_code', words.oldCode)}
        {code('new_code', words.newCode)}
        <button type="submit">{words.confirm}</button>
        <a class="more" href={paths.newEmail()}>
          {words.otherAddress}
        </a>
      </form>
    </Layout>
  )
}

interface StopPageProps {
  frame: Frame
  token: string
  refusal?: 'link_expired'
}

/** Reached from the mail to the old address. Opening it changes nothing, because mail scanners open links too. */
export function StopEmailChangePage({ frame, token, refusal }: StopPageProps) {
  const words = frame.copy.emailChange
  return (
    <Layout frame={frame} title={words.stopTitle}>
      <form class="card narrow" method="post" action={paths.stopEmailChange()}>
        <h1>{words.stopTitle}</h1>
        {refusal ? (
          <Refusal title={words.notStopped} reason={words.tooLateToStop}>
            <p>
              <PhoneLink phone={frame.phone} />
            </p>
          </Refusal>
        ) : (
          <>
            <p>{words.stopIntro}</p>
            <input type="hidden" name="token" value={token} />
            <button type="submit">{words.stop}</button>
          </>
        )}
      </form>
    </Layout>
  )
}

export function EmailChangeStoppedPage({ frame }: { frame: Frame }) {
  const words = frame.copy.emailChange
  return (
    <Layout frame={frame} title={words.stoppedTitle}>
      <section class="card message">
        <h1>{words.stoppedTitle}</h1>
        <p>{words.stopped}</p>
        <a class="button" href={paths.signIn()}>
          {frame.copy.signIn.title}
        </a>
      </section>
    </Layout>
  )
}
