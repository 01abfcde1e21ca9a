import type { OpenInvitation } from '../../clinic/accounts/find-invitations.ts'
import type { Fault, InvitationRefusal } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import { FactFields } from '../family/fact-fields.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { describeControl, TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

interface WelcomePageProps {
  frame: Frame
  name: string
  returnTo: string
  /** To this mailbox, to their own record. */
  invitations: OpenInvitation[]
  /** Why they did not get the record that they chose. */
  refusal?: InvitationRefusal
  faults: { name?: Fault | undefined; terms?: Fault | undefined }
}

export function WelcomePage({ frame, name, returnTo, invitations, refusal, faults }: WelcomePageProps) {
  const { copy } = frame
  const words = copy.welcome
  const mustAgree = faults.terms && words.mustAgree
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.welcome()}>
        <h1>{words.title}</h1>
        <p>{words.intro}</p>
        {invitations.length > 0 && <WhoAreYou copy={copy} invitations={invitations} refusal={refusal} />}
        <TextField
          name="name"
          label={words.name}
          value={name}
          autocomplete="name"
          problem={faults.name && copy.faults[faults.name]}
        />
        <div class={mustAgree ? 'field wrong' : 'field'}>
          <label class="choice">
            <input
              id="terms"
              type="checkbox"
              name="terms"
              value="accepted"
              required
              {...describeControl({
                name: 'terms',
                problem: mustAgree,
                leavesFocus: faults.name !== undefined,
              })}
            />
            <span>{words.terms}</span>
          </label>
          {mustAgree && (
            <p class="problem" id="terms-problem">
              {mustAgree}
            </p>
          )}
        </div>
        <input type="hidden" name="return_to" value={returnTo} />
        <button type="submit">{words.submit}</button>
      </form>
    </Layout>
  )
}

interface WhoAreYouProps {
  copy: Copy
  invitations: OpenInvitation[]
  refusal: InvitationRefusal | undefined
}

/** Asks whether they are one of those who were invited at this address, or someone else who uses it. */
function WhoAreYou({ copy, invitations, refusal }: WhoAreYouProps) {
  const words = copy.invitations
  return (
    <fieldset>
      <legend>{words.whoAreYou}</legend>
      <p class="hint">{words.whoAreYouHint}</p>
      {invitations.map(({ id, called }) => (
        <label class="choice">
          <input type="radio" name="invitation_id" value={id} required />
          <span>
            <bdi>{words.areYou(called)}</bdi>
          </span>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name="invitation_id" value="" required />
        <span>{words.someoneElse}</span>
      </label>
      <FactFields copy={copy} prefix="welcome" problem={refusal && words.refused[refusal]} />
    </fieldset>
  )
}
