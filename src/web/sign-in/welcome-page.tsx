import type { Fault } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { describeControl, TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

interface WelcomePageProps {
  frame: Frame
  name: string
  returnTo: string
  faults: { name?: Fault | undefined; terms?: Fault | undefined }
}

export function WelcomePage({ frame, name, returnTo, faults }: WelcomePageProps) {
  const { copy } = frame
  const words = copy.welcome
  const mustAgree = faults.terms && words.mustAgree
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.welcome()}>
        <h1>{words.title}</h1>
        <p>{words.intro}</p>
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
