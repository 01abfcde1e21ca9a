import type { Appointment } from '../../clinic/appointments/find.ts'
import { AppointmentList } from '../appointments/appointment-list.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { CheckField } from '../ui/check-field.tsx'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface ClosingPageProps {
  frame: Frame
  /** Booked and still to come, of all patients of the account. */
  upcoming: Appointment[]
  /** The visitor sent the form without saying that they are sure. */
  isUnsure?: boolean
  refusal?: 'last_admin' | undefined
}

/** Asks before an account is closed, and says what happens to what is booked. */
export function ClosingPage({ frame, upcoming, isUnsure = false, refusal }: ClosingPageProps) {
  const { copy } = frame
  const words = copy.closing
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.closing()}>
        <h1>{words.title}</h1>
        {refusal && <Refusal title={words.refused.title} reason={words.refused[refusal]} />}
        <p>{words.intro}</p>
        <p>{words.record}</p>
        {upcoming.length > 0 && (
          <>
            <AppointmentList
              copy={copy}
              id="upcoming"
              title={words.upcoming}
              empty=""
              appointments={upcoming}
            />
            <p>{words.kept}</p>
            <CheckField name="cancels" label={words.cancels} hint={words.cancelsHint} />
          </>
        )}
        <CheckField name="confirmed" label={words.sure} problem={isUnsure ? words.notSure : undefined} />
        <button class="danger" type="submit">
          {words.submit}
        </button>
        <a class="more" href={paths.account()}>
          {words.back}
        </a>
      </form>
    </Layout>
  )
}
