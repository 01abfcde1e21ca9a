import type { OpenInvitation } from '../../clinic/accounts/find-invitations.ts'
import type { Fault, InvitationRefusal } from '../../clinic/refusals.ts'
import type { WelcomePageContent } from '../../clinic/settings/read-welcome-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { AskedFields, type AskedValues } from '../dependants/asked-fields.tsx'
import { CodeField } from '../family/fact-fields.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { describeControl, TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

export interface WelcomeValues extends AskedValues {
  name: string
  invitation_id: string
}

interface WelcomePageProps {
  frame: Frame
  values: WelcomeValues
  returnTo: string
  content: WelcomePageContent
  /** Why they did not get the record that they chose. */
  refusal?: InvitationRefusal
  faults: Partial<Record<'name' | 'terms' | keyof AskedValues, Fault | undefined>>
}

export function WelcomePage({ frame, values, returnTo, content, refusal, faults }: WelcomePageProps) {
  const { copy } = frame
  const words = copy.welcome
  const { invitations } = content
  const isInvited = invitations.length > 0
  // The date of birth shows who they are, so that it is asked for in any case.
  const askings =
    isInvited && content.askings.birthDate === 'no'
      ? { ...content.askings, birthDate: 'optional' as const }
      : content.askings
  const mustAgree = faults.terms && words.mustAgree
  const wrong = Object.entries({ ...faults, refusal }).flatMap(([name, fault]) => (fault ? name : []))
  const problemOf = (name: keyof typeof faults) => faults[name] && copy.faults[faults[name]]
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.welcome()}>
        <h1>{words.title}</h1>
        <p>{words.intro}</p>
        {isInvited && <WhoAreYou copy={copy} invitations={invitations} chosen={values.invitation_id} />}
        <TextField
          name="name"
          label={words.name}
          value={values.name}
          autocomplete="name"
          problem={problemOf('name')}
        />
        <AskedFields
          {...{ copy, words, askings, values }}
          problems={{
            birth_date: problemOf('birth_date') ?? (refusal && copy.invitations.refused[refusal]),
            phone: problemOf('phone'),
            sex: problemOf('sex'),
          }}
          isOwn
          depends={isInvited}
        >
          {isInvited && <CodeField copy={copy} prefix="welcome" />}
        </AskedFields>
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
                leavesFocus: wrong.some((field) => field !== 'terms'),
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
  /** The invitation, or `none` for someone else; empty before they have chosen. */
  chosen: string
}

/** Asks whether they are one of those who were invited at this address, or someone else who uses it. */
function WhoAreYou({ copy, invitations, chosen }: WhoAreYouProps) {
  const words = copy.invitations
  return (
    <fieldset>
      <legend>{words.whoAreYou}</legend>
      <p class="hint">{words.whoAreYouHint}</p>
      {invitations.map(({ id, called }) => (
        <label class="choice">
          <input type="radio" name="invitation_id" value={id} required checked={chosen === String(id)} />
          <span>
            <bdi>{words.areYou(called)}</bdi>
          </span>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name="invitation_id" value="none" required checked={chosen === 'none'} />
        <span>{words.someoneElse}</span>
      </label>
    </fieldset>
  )
}
